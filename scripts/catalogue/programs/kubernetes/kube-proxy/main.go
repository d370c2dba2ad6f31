package main

import (
	"k8s.io/kubernetes/cmd/kube-proxy/app"

	// As the component's own main.go: what they register at start has flags, too.
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"

	"setpoint.invalid/catalogue/print"
)

func main() {
	print.Command(app.NewProxyCommand(), nil)
}
