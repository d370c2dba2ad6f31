package main

import (
	"k8s.io/kubernetes/cmd/kube-proxy/app"

	"setpoint.invalid/catalogue/print"
)

func main() {
	print.Command(app.NewProxyCommand(), nil)
}
