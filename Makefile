# The two commands to know: make demo, make test.
GO ?= go
FUZZTIME ?= 20s
# How large a repository make bench generates.
CASES ?= 20000
export CGO_ENABLED = 0

.PHONY: help demo engine build release trial test long forge lint mutate bench fuzz manual

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile

demo: build ## make the sample repository in demo/, check it, build its sites
	@rm -rf demo && bin/suqiu demo demo

build: engine ## bin/suqiu, one static binary
	@$(GO) build -o bin/suqiu ./cmd/suqiu

# The same bytes whoever builds: paths are trimmed, and gzip notes neither name nor
# time. What holds it in a browser comes from the Go that compiled it.
BUILT = internal/form/engine/built
engine: ## the forms' program for the browser, which the site and so bin/suqiu hold
	@GOOS=js GOARCH=wasm $(GO) build -trimpath -buildvcs=false -ldflags "-s -w" -o $(BUILT)/engine.wasm ./cmd/form
	@gzip -9nf $(BUILT)/engine.wasm && cp "$$($(GO) env GOROOT)/lib/wasm/wasm_exec.js" $(BUILT)/

release: ## dist/: archives, packages and the offline bundle for every platform of the offices, from the last commit
	@$(GO) build -C tools -o ../bin/release ./release && bin/release

trial: release ## install what make release made, run it wherever a runner is, live a bureau's first hour (half an hour, as root)
	@.ci/install trial
	@$(GO) test -C tools -count=1 -v -timeout 90m ./release

test: engine lint ## install what the tests need, lint, run every test
	@.ci/install
	@$(GO) test -timeout 40m ./...

long: engine ## what make test cuts short: hundreds of kills, inputs of the largest size, every page in every dress
	@SUQIU_LONG=1 $(GO) test -timeout 90m -run 'Killed|Large|Engine|Rewrites|FalseAlarm|^TestSite$$|JudgedAsARequest|OfTheSample|AnotherUnit|FormsToForge' ./...

# What only tests of other packages call, and no program needs to reach.
FORTESTS = demo/findings.go|func: New$$
# What only the engine in the browser reads, and what it does not write.
BROWSER = form/trail/read.go|func: WithOrigin$$
NATIVE = form/trail/write.go

lint: ## gofmt, go vet, staticcheck, deadcode; imports, widths and lengths
	@out=$$(gofmt -l cmd docs internal site templates cases tools) && test -z "$$out" || { echo "gofmt -w: $$out"; exit 1; }
	@$(GO) vet ./... && $(GO) vet -C tools ./... && $(GO) tool -modfile=tools/go.mod staticcheck ./...
	@out=$$($(GO) tool -modfile=tools/go.mod deadcode ./cmd/suqiu | grep -vE '$(FORTESTS)|$(BROWSER)') || true; test -z "$$out" || { echo "$$out"; exit 1; }
	@dead=$$($(GO) tool -modfile=tools/go.mod -n deadcode); out=$$(GOOS=js GOARCH=wasm $$dead ./cmd/form | grep internal/form | grep -vE '$(NATIVE)') || true; test -z "$$out" || { echo "$$out"; exit 1; }
	@$(GO) test ./internal/archtest

mutate: ## change the code in small ways and see whether the tests notice (hours; ONLY=internal/workday, SAMPLE=100)
	@$(GO) build -C tools -o ../bin/mutate ./mutate && bin/mutate $(if $(ONLY),-only $(ONLY)) $(if $(SAMPLE),-sample $(SAMPLE))

# Kept between runs; its pages come from the module. Gitea's SQLite is C.
GITEA = bin/gitea-1.26.0
$(GITEA):
	@cd tools/forge && CGO_ENABLED=1 nice -n 19 $(GO) build -trimpath -tags "sqlite sqlite_unlock_notify" -o ../../$(GITEA) code.gitea.io/gitea

forge: engine $(GITEA) ## live a case through a real Gitea, which is built first (some five minutes)
	@SUQIU_GITEA=$(abspath $(GITEA)) SUQIU_GITEA_PAGES=$$(cd tools/forge && $(GO) list -m -f '{{.Dir}}' code.gitea.io/gitea) \
		$(GO) test -count 1 -run '^TestGitea$$' ./cmd/suqiu

bench: ## on generated repositories of CASES cases: history against git log, the site against Hugo; then the small benchmarks
	@SUQIU_BENCH_CASES=$(CASES) $(GO) test -run '^$$' -bench '^BenchmarkWalk$$' -benchtime 2x -timeout 60m ./internal/history
	@hugo=$$($(GO) tool -n -modfile=tools/bench/go.mod hugo) && \
		SUQIU_BENCH_CASES=$(CASES) SUQIU_BENCH_HUGO=$$hugo $(GO) test -run '^$$' -bench '^BenchmarkBuild$$' -benchtime 1x -timeout 60m ./cmd/suqiu
	@$(GO) test -run '^$$' -bench . -skip '^(BenchmarkWalk|BenchmarkBuild)$$' ./...

manual: build ## the pictures of the manual anew, of the sample on a fixed day, with Chromium
	@$(GO) build -C tools -o ../bin/pictures ./pictures && bin/pictures -suqiu bin/suqiu -to docs

fuzz: ## run every fuzz target for FUZZTIME
	@grep -rl --include='*_test.go' '^func Fuzz' . | while read -r f; do for t in $$(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\).*/\1/p' $$f); do \
		$(GO) test -run '^$$' -fuzz "^$$t\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x $$(dirname $$f) || exit 1; done; done
