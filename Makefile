# whet. The two that matter: `make run` opens it on the tour, `make test` runs all tests.

PREFIX ?= /usr/local
DESTDIR ?=

PROGRAM = .build/release-static/release/whet

.PHONY: run build test fuzz lint format bench docs snapshots install dependencies

run: build
	$(PROGRAM) tour

build: dependencies
	tools/build-release

test: dependencies
	swift test

# Reads spoiled streams for 100 seconds, and stops at the first that is read wrong. The sanitizer's
# code is more than gold can link.
fuzz: dependencies
	swift build --configuration release --product stream-fuzzer --scratch-path .build/fuzz \
	  -Xswiftc -sanitize=fuzzer -Xswiftc -DLIBFUZZER -Xswiftc -use-ld=lld
	.build/fuzz/release/stream-fuzzer

dependencies:
	@tools/install-dependencies

# Fails where `make format` would change something.
lint:
	swift format lint --strict --recursive Package.swift Sources Tests

format:
	swift format --in-place --recursive Package.swift Sources Tests

# Builds the release, and prints each figure beside its target; takes ten minutes more.
bench: dependencies
	tools/bench/run

# Writes docs/keys.md, docs/commands.md and the picture of the README from the program itself.
docs: dependencies
	swift build --product whet
	.build/debug/whet docs docs
	.build/debug/whet play docs/whet.play --svg docs/whet.svg >/dev/null

# Records the frames of the screen tests anew: look at the difference before you commit it.
snapshots:
	WHET_RECORD=1 swift test --filter ScreenTests

install: build
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/whet" "$(DESTDIR)$(PREFIX)/share/doc/whet"
	install -m 755 $(PROGRAM) "$(DESTDIR)$(PREFIX)/bin/whet"
	cp -R themes examples sessions embeddings "$(DESTDIR)$(PREFIX)/share/whet/"
	cp -R README.md CHANGELOG.md LICENSE docs/. "$(DESTDIR)$(PREFIX)/share/doc/whet/"
