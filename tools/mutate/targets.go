package main

// targets are the packages whose tests must notice faults: what decides states
// and due days whole, and of the rest a sample.
var targets = []target{
	{dir: "internal/workday", tests: []tests{{pkg: "internal/workday", skip: "^Fuzz"}}},
	{dir: "internal/clock", tests: histories},
	{dir: "internal/workflow", tests: histories},
	{dir: "internal/replay", tests: histories},
	{dir: "internal/caserules", tests: rules},
	{dir: "internal/report", sample: 200, tests: []tests{{pkg: "internal/report"}}},
	{dir: "internal/register", sample: 200, tests: []tests{{pkg: "internal/register"}, {pkg: "internal/rules"}}},
	{dir: "internal/view", sample: 200,
		tests: []tests{{pkg: "internal/view"}, {pkg: "site", run: "Edition|Withheld|Golden"}}},
}

// histories live cases through the table and its clocks.
var histories = []tests{
	{pkg: "internal/clock"},
	{pkg: "internal/workflow"},
	{pkg: "internal/register", run: "^(TestExamples|TestStories)$"},
	{pkg: "internal/rules", run: "^TestStories$"},
}

// rules offend every rule once.
var rules = []tests{
	{pkg: "internal/caserules"},
	{pkg: "internal/rules", run: "^Test(Fixtures|Stories|Severity|Excuses|Place|Personal.*|DoubtfulNumber|Other.*)$"},
}
