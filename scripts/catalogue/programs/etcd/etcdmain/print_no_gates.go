package etcdmain

// Feature gates came with etcd 3.6.
func printedGates() []printedGate { return []printedGate{} }
