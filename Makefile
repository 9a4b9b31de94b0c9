# gaitkeeper: `make` shows what there is.

GO      ?= go
VERSION ?= $(shell git describe --tags --match 'v*' --dirty 2>/dev/null || echo dev)
COMMIT  ?= $(shell git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)
LDFLAGS  = -X main.version=$(VERSION) -X main.commit=$(COMMIT)
TOOLS    = bin/golangci-lint bin/gofumpt
FUZZTIME ?= 1m

.DEFAULT_GOAL := help

.PHONY: help
help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 18

.PHONY: build
build: ## build ./gaitkeeper with its version stamped
	$(GO) build -buildvcs=false -trimpath -ldflags '$(LDFLAGS)' -o gaitkeeper ./cmd/gaitkeeper

.PHONY: check
check: format vet lint tidy test detection-short build ## everything that has to pass before a commit

.PHONY: format
format: bin/gofumpt ## find files that are not formatted
	@unformatted=$$(bin/gofumpt -l .); \
	if [ -n "$$unformatted" ]; then echo "not formatted, run bin/gofumpt -w on:"; echo "$$unformatted"; exit 1; fi

.PHONY: vet
vet: ## go vet
	$(GO) vet ./...

.PHONY: lint
lint: bin/golangci-lint ## the house's rules, see .golangci.yml
	bin/golangci-lint run ./...

.PHONY: tidy
tidy: ## see whether go.mod and go.sum are what the code needs
	$(GO) mod tidy -diff

.PHONY: test
test: ## all tests, with the race detector
	$(GO) test -race ./...

.PHONY: fuzz
fuzz: ## every fuzzer for FUZZTIME (1m)
	@grep -rHo --include='*_test.go' '^func Fuzz[A-Za-z0-9_]*' . | sed 's|/[^/]*:func | |' | sort -u | \
	while read -r folder fuzzer; do \
		echo "$$folder $$fuzzer"; \
		$(GO) test "$$folder" -run '^$$' -fuzz "^$$fuzzer\$$" -fuzztime $(FUZZTIME) || exit 1; \
	done

.PHONY: bench
bench: ## every benchmark
	$(GO) test -run '^$$' -bench . -benchmem ./...

.PHONY: detection
detection: ## measure the detector on made and real runners and write docs/detection.md (minutes)
	$(GO) run ./internal/detection -write docs/detection.md

.PHONY: detection-short
detection-short: ## fail where the detector falls behind docs/detection.md
	$(GO) run ./internal/detection -against docs/detection.md

.PHONY: pictures
pictures: ## take the README's pictures (needs Chromium)
	$(GO) run ./internal/pictures

.PHONY: clean
clean: ## remove what was built
	rm -rf gaitkeeper bin

# The tools are pinned in a module of their own, so that the program's go.mod
# holds what the program needs.
$(TOOLS) &: tools/go.mod tools/go.sum
	cd tools && GOFLAGS=-buildvcs=false $(GO) build -o ../bin/ \
		github.com/golangci/golangci-lint/v2/cmd/golangci-lint mvdan.cc/gofumpt
	@touch $(TOOLS)
