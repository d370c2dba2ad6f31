package etcdmain

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
)

type printedFlag struct {
	Name       string `json:"name"`
	Type       string `json:"type"`
	Default    string `json:"default"`
	Deprecated string `json:"deprecated,omitempty"`
}

type printedGate struct {
	Name    string `json:"name"`
	Stage   string `json:"stage"`
	Default bool   `json:"default"`
	Locked  bool   `json:"locked"`
}

// PrintFlags prints what a server's flag set knows. This file is put into a copy of package etcdmain, because newConfig, which
// makes the set, is not exported.
func PrintFlags() {
	flags := []printedFlag{}
	newConfig().cf.flagSet.VisitAll(func(f *flag.Flag) {
		flags = append(flags, printedFlag{f.Name, typeWord(f.Value), f.DefValue, deprecation(f)})
	})
	out := json.NewEncoder(os.Stdout)
	out.SetIndent("", " ")
	if err := out.Encode(map[string]any{"flags": flags, "featureGates": printedGates(), "admissionPlugins": []string{}}); err != nil {
		panic(err)
	}
}

// `bool` of *flag.boolValue, `UniqueURLs` of *flags.UniqueURLs.
func typeWord(value flag.Value) string {
	word := fmt.Sprintf("%T", value)
	word = word[strings.LastIndex(word, ".")+1:]
	if strings.HasPrefix(fmt.Sprintf("%T", value), "*flag.") {
		return strings.TrimSuffix(word, "Value")
	}
	return word
}

func deprecation(f *flag.Flag) string {
	for _, name := range ignored {
		if name == f.Name {
			return "ignored"
		}
	}
	// A map to texts since 3.6, to nothing before: then the usage tells.
	if text, ok := deprecatedFlags[f.Name]; ok {
		if said := fmt.Sprint(text); said != "{}" {
			return said
		}
		return "deprecated. " + f.Usage
	}
	if strings.Contains(strings.ToLower(f.Usage), "deprecated") {
		return f.Usage
	}
	return ""
}
