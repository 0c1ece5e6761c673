"""Saves a layer of points as QGIS saves it.

Arguments: the path, the driver, the reference system, the encoding, and options of the layer such as GEOMETRY=AS_WKT. The points come from
standard input, as a JSON array of objects with lon, lat and texts.
"""
import json
import sys

from qgis.PyQt.QtCore import QVariant
from qgis.core import (
    QgsApplication, QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsCoordinateTransformContext, QgsFeature, QgsField, QgsGeometry,
    QgsPointXY, QgsProject, QgsVectorFileWriter, QgsVectorLayer)

path, driver, system, encoding = sys.argv[1:5]
points = json.load(sys.stdin)
application = QgsApplication([], False)
application.initQgis()
names = [name for name in points[0] if name not in ("lon", "lat")]
layer = QgsVectorLayer("Point?crs=EPSG:4326", "sites", "memory")
layer.dataProvider().addAttributes([QgsField(name, QVariant.String) for name in names])
layer.updateFields()
for point in points:
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(point["lon"], point["lat"])))
    for name in names:
        feature[name] = point[name]
    layer.dataProvider().addFeature(feature)
options = QgsVectorFileWriter.SaveVectorOptions()
options.driverName = driver
options.fileEncoding = encoding
options.layerOptions = sys.argv[5:]
options.ct = QgsCoordinateTransform(layer.crs(), QgsCoordinateReferenceSystem(system), QgsProject.instance())
error = QgsVectorFileWriter.writeAsVectorFormatV3(layer, path, QgsCoordinateTransformContext(), options)
if error[0] != QgsVectorFileWriter.NoError:
    sys.exit(f"QGIS does not write it: {error}")
# Not exitQgis: without a screen it may end the process in its destructors, after all that is wanted was done.
sys.stdout.flush()
