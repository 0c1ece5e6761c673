// A cluster is five processes: two at once would measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
