# make run       the main job: train, explain, write a table and a figure to Outputs/quickstart
# make test      formatting, checks and all tests, as continuous integration runs them
# make replay    compute the notebooks anew whose locks are shipped, and compare
# make mutants   which small changes of the sources does no test notice? COUNT=100 SEED=1 ROOMS="Decoding Networks"
# make arm64     compile the kernels for arm64 and compare their bits, in an emulator, with this machine's
# make test-slurm   notebooks on a Slurm that this starts on the loopback address, and on GNU parallel
# make class     grade a class of 300 submissions made by mutation, and compare with the marks that each must get. COUNT=300 SEED=1
# make kills     end runs at random moments, on a full disk too, and compare what follows with an undisturbed run. COUNT=50 SEED=1
# make docs      write docs/language.md, the reference page, from the declarations in the sources
# make install   copy the program to PREFIX/bin
#
# A Swift toolchain is all that must be there: system packages that are missing are installed with apt-get.

PREFIX ?= /usr/local
SOURCES = Sources Tests Package.swift
BUILD = .build/release

.PHONY: run replay build test test-slurm mutants arm64 kills class format docs install clean packages

run: build
	$(BUILD)/cladec run Notebooks/quickstart.cladec

replay: build
	$(BUILD)/cladec replay Notebooks/quickstart.cladec

build: packages
	swift build -c release --product cladec

# Kernels are built once per instruction set. A weak symbol would let the linker take one set's code for another's.
test: packages
	swift format lint --strict --recursive $(SOURCES)
	swift build -c release --build-tests
	@weak=$$(nm $(BUILD)/Kernels*.build/*.o | awk '$$2 == "W"'); if [ -n "$$weak" ]; then \
	  echo "error: the kernels export weak symbols, which mix instruction sets:"; echo "$$weak"; exit 1; fi
	swift test -c release --skip-build

mutants: packages
	Tests/Mutants/run $(or $(COUNT),100) $(or $(SEED),1) $(ROOMS)

test-slurm: packages
	Tests/Slurm/run

arm64:
	Tests/ARM64/run

kills: build
	Tests/Kills/run $(BUILD)/cladec $(or $(COUNT),50) $(or $(SEED),1)

class: build
	Tests/Classroom/run $(BUILD)/cladec $(or $(COUNT),300) $(or $(SEED),1)

format:
	swift format --in-place --recursive $(SOURCES)

# Into a file beside, so that a program that fails leaves the page as it is.
docs: build
	$(BUILD)/cladec help --markdown > docs/language.md.new
	mv docs/language.md.new docs/language.md

install: build
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 $(BUILD)/cladec "$(DESTDIR)$(PREFIX)/bin/cladec"

clean:
	rm -rf .build

packages:
	@.ci/packages
