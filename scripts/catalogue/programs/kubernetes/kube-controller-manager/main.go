package main

import (
	"k8s.io/kubernetes/cmd/kube-controller-manager/app"

	"setpoint.invalid/catalogue/print"
)

func main() {
	print.Command(app.NewControllerManagerCommand(), nil)
}
