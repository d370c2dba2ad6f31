// Prints when robfig/cron v3.0.1 fires, for test/unit/cron/vectors/robfig.json:
//
//	go run . > ../../test/unit/cron/vectors/robfig.json
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"
	_ "time/tzdata"

	"github.com/robfig/cron/v3"
)

type vector struct {
	Expression string   `json:"expression"`
	Zone       string   `json:"zone"`
	From       string   `json:"from"`
	Next       []string `json:"next"`
}

// Around changes of clocks: an hour in spring and autumn, at midnight, half an hour, and none.
var starts = map[string][]string{
	"UTC":                 {"2026-01-31T23:59:00Z", "2024-02-28T00:00:00Z", "2027-03-01T12:34:56Z"},
	"Europe/Berlin":       {"2026-03-28T20:00:00Z", "2026-10-24T20:00:00Z"},
	"America/New_York":    {"2026-03-08T00:00:00Z", "2026-10-31T22:00:00Z"},
	"America/Sao_Paulo":   {"2018-11-03T12:00:00Z", "2018-02-17T12:00:00Z"},
	"Australia/Lord_Howe": {"2026-10-03T06:00:00Z", "2026-04-04T06:00:00Z"},
	"Asia/Kolkata":        {"2026-05-31T17:00:00Z"},
}

var zones = []string{"UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kolkata"}

var expressions = []string{
	"0 3 * * *", "30 2 * * *", "30 1 * * *", "0 0 * * *", "*/20 * * * *", "5/15 1-3 * * *", "15 */2 * * *",
	"0 0 1 * *", "0 12 1,15 * 1", "0 12 */2 * 1", "0 12 ? * mon-fri", "0 0 29 2 *", "0 0 31 2 *", "0 0 31 * 5",
	"*/61 5 * * *", "1,,2 4 * * *", "@hourly", "@weekly", "@yearly", "45 23 28-31 * *", "0 2 * 3,10,11 0",
}

func main() {
	vectors := []vector{}
	for _, zone := range zones {
		location, err := time.LoadLocation(zone)
		if err != nil {
			panic(err)
		}
		for _, start := range starts[zone] {
			from, err := time.Parse(time.RFC3339, start)
			if err != nil {
				panic(err)
			}
			for _, expression := range expressions {
				schedule, err := cron.ParseStandard(expression)
				if err != nil {
					panic(err)
				}
				next := []string{}
				at := from.In(location)
				for len(next) < 6 {
					if at = schedule.Next(at); at.IsZero() {
						break
					}
					next = append(next, at.UTC().Format(time.RFC3339))
				}
				vectors = append(vectors, vector{expression, zone, start, next})
			}
		}
	}
	fmt.Fprintln(os.Stdout, "[")
	for i, one := range vectors {
		line, err := json.Marshal(one)
		if err != nil {
			panic(err)
		}
		comma := ","
		if i == len(vectors)-1 {
			comma = ""
		}
		fmt.Fprintf(os.Stdout, "%s%s\n", line, comma)
	}
	fmt.Fprintln(os.Stdout, "]")
}
