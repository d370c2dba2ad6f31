package main

import (
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
	"k8s.io/kubernetes/pkg/kubeapiserver/options"

	"setpoint.invalid/catalogue/print"
)

func main() {
	print.Command(app.NewAPIServerCommand(), options.AllOrderedPlugins)
}
