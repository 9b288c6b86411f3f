package main

// targets are the packages whose tests must notice faults: what decides states
// and due days whole, and of the rest a sample.
var targets = []target{
	{dir: "internal/workday", tests: []tests{{pkg: "internal/workday", skip: "^Fuzz"}}},
	{dir: "internal/workflow", tests: histories},
}

// histories live cases through the table and its clocks.
var histories = []tests{
	{pkg: "internal/workflow"},
	{pkg: "internal/register", run: "^(TestExamples|TestStories)$"},
}
