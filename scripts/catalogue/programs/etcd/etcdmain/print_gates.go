package etcdmain

import (
	"sort"

	"go.etcd.io/etcd/pkg/v3/featuregate"
	"go.etcd.io/etcd/server/v3/embed"
)

func printedGates() []printedGate {
	gates := []printedGate{}
	for name, spec := range embed.NewConfig().ServerFeatureGate.(featuregate.MutableFeatureGate).GetAll() {
		gates = append(gates, printedGate{string(name), gateStage(spec), spec.Default, spec.LockToDefault})
	}
	sort.Slice(gates, func(i, j int) bool { return gates[i].Name < gates[j].Name })
	return gates
}

func gateStage(spec featuregate.FeatureSpec) string {
	switch spec.PreRelease {
	case featuregate.Alpha:
		return "alpha"
	case featuregate.Beta:
		return "beta"
	case featuregate.Deprecated:
		return "deprecated"
	}
	return "ga"
}
