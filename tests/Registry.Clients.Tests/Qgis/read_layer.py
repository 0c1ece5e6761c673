"""Reads a collection through QGIS's provider of OGC API - Features and says what is there, as one line of JSON.

Arguments: the address of the registry, the collection, and west south east north of a rectangle, where one is wanted.
"""
import json
import sys

from qgis.core import QgsApplication, QgsFeatureRequest, QgsRectangle, QgsVectorLayer

root, collection, rectangle = sys.argv[1], sys.argv[2], [float(edge) for edge in sys.argv[3:]]
application = QgsApplication([], False)
application.initQgis()
layer = QgsVectorLayer(f"typename='{collection}' url='{root}/' pagesize='1000'", collection, "OAPIF")
if not layer.isValid():
    sys.exit(f"QGIS takes the layer for invalid: {layer.error().message()}")

request = QgsFeatureRequest(QgsRectangle(*rectangle)) if rectangle else QgsFeatureRequest()
ids, area = [], 0.0
for feature in layer.getFeatures(request):
    ids.append(feature["id"])
    area += feature.geometry().area()
print(json.dumps({"count": layer.featureCount(), "fields": [field.name() for field in layer.fields()], "ids": ids, "area": area}))
# Not exitQgis: without a screen it may end the process in its destructors, after all that is wanted was done.
sys.stdout.flush()
