package main

import (
	"k8s.io/kubernetes/cmd/kube-scheduler/app"

	"setpoint.invalid/catalogue/print"
)

func main() {
	print.Command(app.NewSchedulerCommand(), nil)
}
