package main

import (
	"github.com/spf13/pflag"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	cliflag "k8s.io/component-base/cli/flag"
	logsapi "k8s.io/component-base/logs/api/v1"
	"k8s.io/kubernetes/cmd/kubelet/app/options"

	// As the component's own main.go: what they register at start has flags, too.
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"

	"setpoint.invalid/catalogue/print"
)

// The kubelet's command parses with a flag set of its own, made of these three parts (cmd/kubelet/app/server.go,
// NewKubeletCommand); the set of its cobra command is empty.
func main() {
	// As the same file does at its start; to import it would compile the whole kubelet.
	if err := logsapi.AddFeatureGates(utilfeature.DefaultMutableFeatureGate); err != nil {
		panic(err)
	}
	set := pflag.NewFlagSet("kubelet", pflag.ContinueOnError)
	set.SetNormalizeFunc(cliflag.WordSepNormalizeFunc)
	options.NewKubeletFlags().AddFlags(set)
	configuration, err := options.NewKubeletConfiguration()
	if err != nil {
		panic(err)
	}
	options.AddKubeletConfigFlags(set, configuration)
	options.AddGlobalFlags(set)
	set.BoolP("help", "h", false, "")
	print.Flags(set, nil)
}
