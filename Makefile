# `make` lists the targets.

GO      ?= go
VERSION ?= $(shell git describe --tags --match 'v*' --dirty 2>/dev/null || echo dev)
COMMIT  ?= $(shell git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)
LDFLAGS  = -X main.version=$(VERSION) -X main.commit=$(COMMIT)
FUZZTIME ?= 1m
KILLS    ?= 200
RAPID_SEED ?= 1

# The package's version starts with a digit and sorts before the next release.
DATE            = $(shell git log -1 --format=%ct)
PACKAGE_VERSION = $(if $(filter v%,$(VERSION)),$(VERSION:v%=%),0.0~git$(shell git log -1 --format=%cd --date=format:%Y%m%d).$(COMMIT))
ARCH           ?= $(shell $(GO) env GOARCH)
CC_amd64        = gcc
CC_arm64        = aarch64-linux-gnu-gcc

.DEFAULT_GOAL := help

.PHONY: help
help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 24

# Without -trimpath, so that it takes over what `go run` has compiled for the demo.
.PHONY: build
build: ## build ./gaitkeeper
	$(GO) build -buildvcs=false -ldflags '$(LDFLAGS)' -o gaitkeeper ./cmd/gaitkeeper

# Two at a time: while one compiles or waits, the other has the cores. What takes
# longest begins first.
.PHONY: check
check: format ## everything that must pass before a commit, but for the linter
	$(MAKE) --no-print-directory --jobs=2 --output-sync=line vet test-race tidy test-unraced test-pure detection-short build

.PHONY: format
format: bin/gofumpt ## find unformatted files
	@unformatted=$$(bin/gofumpt -l .); \
	if [ -n "$$unformatted" ]; then echo "not formatted, run bin/gofumpt -w on:"; echo "$$unformatted"; exit 1; fi

.PHONY: vet
vet: ## go vet
	$(GO) vet ./...

.PHONY: lint
lint: bin/golangci-lint ## run the linter, see .golangci.yml
	bin/golangci-lint run --allow-parallel-runners ./...

# github.com/tormoder/fit imports linters in a file with the build tag "tools", which
# nobody sets. `go mod tidy` counts every tag and asks for them all the same.
LINTERS = github.com/client9/misspell github.com/gordonklaus/ineffassign github.com/kisielk/errcheck \
	github.com/mdempsky/unconvert golang.org/x/exp/typeparams golang.org/x/mod golang.org/x/telemetry \
	golang.org/x/tools/go/expect honnef.co/go/tools mvdan.cc/gofumpt

.PHONY: tidy
tidy: ## check that go.mod and go.sum name what is used, no more and no less
	@mkdir -p bin && cp go.mod bin/tidy.mod && cp go.sum bin/tidy.sum
	$(GO) mod tidy -modfile=bin/tidy.mod
	$(GO) mod edit $(LINTERS:%=-droprequire=%) bin/tidy.mod
	diff -u go.mod bin/tidy.mod && diff -u go.sum bin/tidy.sum || { echo "copy bin/tidy.mod to go.mod and bin/tidy.sum to go.sum"; exit 1; }

# A pure package starts no goroutine (internal/arrows checks it), so the race detector
# finds nothing there, and its tests take a tenth of the time without.
TESTED = $(patsubst gaitkeeper/%,./%,$(shell $(GO) list -f '{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}' ./...))
PURE   = $(filter $(TESTED),$(shell sed -n 's/^| `\([^`]*\)`.*| pure |$$/.\/\1/p' docs/architecture.md))
RACED  = $(filter-out $(PURE),$(TESTED))

# Nor does it find any in code that is handed its own data and shares none: FIT files,
# compression, drawing and the detector's arithmetic, where most of its time went. There
# the compiler leaves its marks out. What uses sync.Map or sync.OnceValue cannot be here:
# the linker may take its copy, which the race detector does not see, for all packages.
ALONE = gaitkeeper/internal/simulate gaitkeeper/chart gaitkeeper/analysis/evidence gaitkeeper/analysis/form \
	gaitkeeper/analysis/rules gaitkeeper/analysis/walking github.com/muktihari/fit/... github.com/golang/freetype/... \
	golang.org/x/image/... gonum.org/v1/plot/... git.sr.ht/~sbinet/gg/... codeberg.org/go-fonts/... \
	image/... compress/... hash/... math/...
RACE  = -race $(ALONE:%=-gcflags=%=-race=false)

# Tests with the build tag !race are too slow under the race detector (whole years, pages
# in a browser), measure memory, or compile much that nothing else needs.
UNRACED = $(shell grep -rlx --include='*_test.go' '//go:build !race' .)

# Property tests use a fixed seed, so a failure can be repeated. RAPID_SEED=0 picks
# a new one.
PROPERTIES = $(shell grep -rl --include='*_test.go' '"pgregory.net/rapid"' . | xargs dirname | sort -u)

.PHONY: test
test: test-race test-pure test-unraced ## all tests; some need Chromium or npm and say so

# `make vet` has looked at everything; with the race detector's flags it would again.
.PHONY: test-race
test-race:
	$(GO) test -vet=off $(RACE) -timeout 40m $(filter-out $(PROPERTIES),$(RACED))
	$(GO) test -vet=off $(RACE) -timeout 40m $(filter $(PROPERTIES),$(RACED)) -rapid.seed=$(RAPID_SEED)

.PHONY: test-pure
test-pure:
	$(GO) test -vet=off $(filter-out $(PROPERTIES),$(PURE))
	$(GO) test -vet=off $(filter $(PROPERTIES),$(PURE)) -rapid.seed=$(RAPID_SEED)

.PHONY: test-unraced
test-unraced: $(if $(shell command -v npm),bin/axe.min.js)
	$(GO) test -vet=off -run "^($$(sed -n 's/^func \(Test[A-Za-z0-9]*\)(t .*/\1/p' $(UNRACED) | paste -sd'|'))$$" $(sort $(dir $(UNRACED)))

.PHONY: fuzz
fuzz: ## run each fuzzer for FUZZTIME (1m)
	@grep -rHo --include='*_test.go' '^func Fuzz[A-Za-z0-9_]*' . | sed 's|/[^/]*:func | |' | sort -u | \
	while read -r folder fuzzer; do \
		echo "$$folder $$fuzzer"; \
		$(GO) test "$$folder" -run '^$$' -fuzz "^$$fuzzer\$$" -fuzztime $(FUZZTIME) || exit 1; \
	done

.PHONY: bench
bench: ## run all benchmarks
	$(GO) test -run '^$$' -bench . -benchmem ./...

.PHONY: detection
detection: ## measure the detector and write docs/detection.md (about 10 minutes on two cores)
	$(GO) run ./internal/detection -write docs/detection.md

.PHONY: detection-short
detection-short: ## fail if the detector is worse than docs/detection.md says
	$(GO) run ./internal/detection -against docs/detection.md

.PHONY: try-strava
try-strava: ## try login, sync and verdict against a fake Strava server
	$(GO) run ./internal/trystrava

.PHONY: try-intervals
try-intervals: ## start a fake intervals.icu server and print a config for it
	$(GO) run ./internal/intervalsfake/serve

.PHONY: pictures
pictures: ## take the pictures in the documents (needs Chromium)
	$(GO) run ./internal/pictures

.PHONY: deb
deb: dist/$(ARCH)/gaitkeeper bin/nfpm bin/sbom ## build dist/gaitkeeper_VERSION_ARCH.deb
	bin/sbom dist/$(ARCH)/gaitkeeper > dist/sbom.json
	gzip -9n < packaging/manual/gaitkeeper.1 > dist/gaitkeeper.1.gz
	ARCH=$(ARCH) PACKAGE_VERSION='$(PACKAGE_VERSION)' SOURCE_DATE_EPOCH=$(DATE) bin/nfpm package -f packaging/nfpm.yaml -p deb -t dist/

# The static program needs no library of the system it runs on: it looks names up
# with Go's own code, and SQLite loads no extensions.
STATIC = -tags netgo,osusergo,sqlite_omit_load_extension -ldflags '-s -w -linkmode external -extldflags -static $(LDFLAGS)'
TAR    = tar --sort=name --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX --mtime=@$(DATE)
IN_TAR = packaging/tar/install.sh systemd/gaitkeeper.service systemd/gaitkeeper@.service systemd/gaitkeeper.sysusers \
	config.example.toml README.md LICENSE packaging/manual/gaitkeeper.1

.PHONY: static
static: dist/static-$(ARCH)/gaitkeeper ## build dist/static-ARCH/gaitkeeper, which runs on any Linux

.PHONY: tar
tar: static ## build dist/gaitkeeper_VERSION_linux_ARCH.tar.gz
	rm -rf dist/tar && mkdir -p dist/tar/gaitkeeper
	cp dist/static-$(ARCH)/gaitkeeper $(IN_TAR) dist/tar/gaitkeeper/
	$(TAR) -C dist/tar -c gaitkeeper | gzip -9n > dist/gaitkeeper_$(PACKAGE_VERSION)_linux_$(ARCH).tar.gz

.PHONY: release
release: ## build packages and static archives for amd64 and arm64, with checksums
	rm -rf dist
	$(MAKE) deb tar ARCH=amd64
	$(MAKE) deb tar ARCH=arm64
	cd dist && sha256sum *.deb *.tar.gz > SHA256SUMS && cat SHA256SUMS

# The second build begins with an empty cache, so that it takes nothing from the first.
PARTS ?= release
CACHE ?= $(CURDIR)/dist/twice/cache

.PHONY: try-release
try-release: bin/nfpm bin/sbom ## build PARTS (release) of the last commit in two folders, and compare every byte
	rm -rf dist/twice
	for n in 1 2; do \
		git clone -q . dist/twice/$$n && mkdir dist/twice/$$n/bin && cp bin/nfpm bin/sbom dist/twice/$$n/bin/ && \
		$(MAKE) -C dist/twice/$$n $(PARTS) && export GOCACHE='$(CACHE)' || exit 1; \
	done
	cd dist/twice/1/dist && sha256sum *.deb *.tar.gz > ../../sums && cd ../../2/dist && sha256sum --check ../../sums
	rm -rf dist/twice

# buildah and podman take the same command; docker calls it `build`.
BUILDER ?= $(firstword $(foreach b,podman buildah docker,$(if $(shell command -v $(b)),$(b))) podman)

.PHONY: image
image: static ## build the container image gaitkeeper:latest
	rm -rf dist/image && mkdir -p dist/image/empty dist/image/$(ARCH)/usr/bin dist/image/$(ARCH)/etc/ssl/certs
	cp dist/static-$(ARCH)/gaitkeeper dist/image/$(ARCH)/usr/bin/
	cp /etc/ssl/certs/ca-certificates.crt dist/image/$(ARCH)/etc/ssl/certs/
	$(BUILDER) build $(if $(filter docker,$(BUILDER)),,--format docker --timestamp $(DATE)) $(IMAGE_FLAGS) \
		--platform linux/$(ARCH) --build-arg ARCH=$(ARCH) -f packaging/container/Containerfile -t gaitkeeper:latest .

.PHONY: try-image
try-image: BUILDER = buildah
try-image: IMAGE_FLAGS = --isolation chroot --storage-driver vfs
try-image: image ## test the image and the static programs (needs root and buildah)
	$(if $(shell command -v $(CC_arm64)),$(MAKE) static ARCH=arm64)
	GAITKEEPER_TRY_IMAGE=1 $(GO) test -count=1 -v -timeout 20m -run 'TestImage|TestStatic|TestArm64' ./packaging

.PHONY: try-install
try-install: deb tar ## test the package and the static archive in a throw-away Debian (needs root)
	GAITKEEPER_DEB=$(CURDIR)/dist GAITKEEPER_TRY_INSTALL=1 $(GO) test -count=1 -v -timeout 40m -run TestPackage ./packaging

.PHONY: torture
torture: ## kill it KILLS (200) times during import, sync and delivery, and check that nothing is lost
	$(GO) run ./internal/torture -kills $(KILLS)

# Always built: the compiler knows what has changed.
FORCE:
dist/%/gaitkeeper: FORCE
	CGO_ENABLED=1 GOOS=linux GOARCH=$* CC=$(CC_$*) $(GO) build -buildvcs=false -trimpath -ldflags '-s -w $(LDFLAGS)' -o $@ ./cmd/gaitkeeper

dist/static-%/gaitkeeper: FORCE
	CGO_ENABLED=1 GOOS=linux GOARCH=$* CC=$(CC_$*) $(GO) build -buildvcs=false -trimpath $(STATIC) -o $@ ./cmd/gaitkeeper

.PHONY: clean
clean: ## remove build results
	rm -rf gaitkeeper bin dist

# axe-core, the accessibility checker, from npm. Without it, its test is skipped.
bin/axe.min.js:
	tools/axe.sh

# The tools are pinned in their own module, which keeps the program's go.mod small.
bin/golangci-lint: PACKAGE = github.com/golangci/golangci-lint/v2/cmd/golangci-lint
bin/gofumpt: PACKAGE = mvdan.cc/gofumpt
bin/golangci-lint bin/gofumpt: tools/go.mod tools/go.sum
	cd tools && GOFLAGS=-buildvcs=false $(GO) build -o ../bin/ $(PACKAGE)
	@touch $@

bin/nfpm bin/sbom &: tools/package/go.mod tools/package/go.sum tools/package/sbom/main.go
	cd tools/package && GOFLAGS=-buildvcs=false $(GO) build -o ../../bin/ github.com/goreleaser/nfpm/v2/cmd/nfpm ./sbom
	@touch bin/nfpm bin/sbom
