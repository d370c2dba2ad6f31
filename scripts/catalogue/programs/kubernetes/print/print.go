// Package print writes what a component's own flag library knows, as JSON.
package print

import (
	"encoding/json"
	"os"
	"sort"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	cliflag "k8s.io/component-base/cli/flag"
	"k8s.io/component-base/featuregate"
)

type flag struct {
	Name       string `json:"name"`
	Type       string `json:"type"`
	Default    string `json:"default"`
	Deprecated string `json:"deprecated,omitempty"`
	Hidden     bool   `json:"hidden,omitempty"`
}

type gate struct {
	Name    string `json:"name"`
	Stage   string `json:"stage"`
	Default bool   `json:"default"`
	Locked  bool   `json:"locked"`
}

// Command prints the flags of a component's command as they are when it runs: names as component-base/cli normalizes them, with
// the process's own flags, which cobra adds when it parses.
func Command(command *cobra.Command, admissionPlugins []string) {
	command.SetGlobalNormalizationFunc(cliflag.WordSepNormalizeFunc)
	command.InitDefaultHelpFlag()
	if err := command.ParseFlags(nil); err != nil {
		panic(err)
	}
	Flags(command.Flags(), admissionPlugins)
}

// Flags prints a flag set, the feature gates that are registered in this process, and the names of admission plugins. Run it in a
// program that imports one component only: gates and some flags are process-wide.
func Flags(set *pflag.FlagSet, admissionPlugins []string) {
	flags := []flag{}
	set.VisitAll(func(f *pflag.Flag) {
		flags = append(flags, flag{f.Name, f.Value.Type(), f.DefValue, f.Deprecated, f.Hidden})
	})
	sort.Slice(flags, func(i, j int) bool { return flags[i].Name < flags[j].Name })
	gates := []gate{}
	for name, spec := range utilfeature.DefaultMutableFeatureGate.GetAll() {
		gates = append(gates, gate{string(name), stage(spec), spec.Default, spec.LockToDefault})
	}
	sort.Slice(gates, func(i, j int) bool { return gates[i].Name < gates[j].Name })
	plugins := append([]string{}, admissionPlugins...)
	sort.Strings(plugins)
	out := json.NewEncoder(os.Stdout)
	out.SetIndent("", " ")
	if err := out.Encode(map[string]any{"flags": flags, "featureGates": gates, "admissionPlugins": plugins}); err != nil {
		panic(err)
	}
}

func stage(spec featuregate.FeatureSpec) string {
	switch spec.PreRelease {
	case featuregate.Alpha:
		return "alpha"
	case featuregate.Beta:
		return "beta"
	case featuregate.Deprecated:
		return "deprecated"
	case featuregate.GA:
		return "ga"
	}
	return string(spec.PreRelease)
}
