package filing

import (
	"context"

	"suqiu/internal/git"
	"suqiu/internal/register"
	"suqiu/internal/report"
	"suqiu/internal/workday"
)

// Publisher computes for the sample what the office would have frozen.
func Publisher(ctx context.Context, tool string) func(dir string, q workday.Quarter, asOf workday.Date) ([]byte,
	error) {
	return func(dir string, q workday.Quarter, asOf workday.Date) ([]byte, error) {
		repo, err := git.Open(dir)
		if err != nil {
			return nil, err
		}
		d, err := register.Load(ctx, repo, register.Options{Ref: "main", AsOf: asOf})
		if err != nil {
			return nil, err
		}
		return report.Publish(d, q, report.Options{}, tool).Encode()
	}
}
