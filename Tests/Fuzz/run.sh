#!/bin/sh
# Builds fuzz targets and runs them one after another: Tests/Fuzz/run.sh [TARGET…] [SECONDS]
#
# Targets: session schedule site acknowledgement fact key; none named, all. Each runs for SECONDS (600).
# Seeds are in Tests/Fuzz/Corpus/TARGET, for sessions the conformance cases too. New inputs are kept
# under .build/fuzz/TARGET, so that the next run goes on from there. Ends with an error when an input
# crashed, hung for ten seconds or broke a law; the input is then in .build/fuzz, named TARGET-….
#
# The library that is not ours comes as `swift build` left it, without coverage.
set -eu
cd "$(dirname "$0")/../.."
out=.build/fuzz
seconds=600
targets=
for word in "$@"; do
  case "$word" in
    *[!0-9]*) targets="$targets $word" ;;
    *) seconds=$word ;;
  esac
done
[ -n "$targets" ] || targets="session schedule site acknowledgement fact key"
mkdir -p "$out"
swift build --product chairtime -j 2 2>&1 | tail -n 1

# The tables that the package manager would build into the program.
{
  echo 'struct PackageResources {'
  for file in Sources/Interchange/Resources/*.csv; do
    name=$(basename "$file" | tr '.-' '__')
    printf 'static let %s: [UInt8] = [' "$name"
    od -An -v -tu1 "$file" | tr -s ' \n' ',' | sed 's/^,//; s/,$//'
    echo ']'
  done
  echo '}'
} > "$out/embedded_resources.swift"

built=.build/debug
flags="-O -swift-version 6 -package-name chairtime -parse-as-library -sanitize=fuzzer,address -use-ld=lld -enforce-exclusivity=checked
  -enable-upcoming-feature ExistentialAny -enable-upcoming-feature MemberImportVisibility
  -enable-upcoming-feature InternalImportsByDefault -I $out -I $built/Modules"
for header in $(find .build/checkouts/swift-crypto/Sources -name module.modulemap); do
  flags="$flags -Xcc -fmodule-map-file=$header -I $(dirname "$header")"
done
foreign=$(find "$built/Crypto.build" "$built/CryptoBoringWrapper.build" \
  "$built/CCryptoBoringSSL.build" "$built/CCryptoBoringSSLShims.build" "$built/CXKCP.build" \
  "$built/CXKCPShims.build" -name '*.o')

module() {
  # shellcheck disable=SC2086
  swiftc $flags -wmo -module-name "$1" -emit-module -emit-module-path "$out/$1.swiftmodule" \
    -emit-object -o "$out/$1.o" $(find "Sources/$1" -name '*.swift') ${2:-}
}
if [ ! -f "$out/Interchange.o" ] || [ -n "$(find Sources -name '*.swift' -newer "$out/Interchange.o")" ]
then
  rm -f "$out/Interchange.o"
  module InfusionRecord
  module PlainText
  module TimelineEngine
  module SessionReview
  module TerminalCore
  module Interchange "$out/embedded_resources.swift"
fi
documents="$out/PlainText.o $out/InfusionRecord.o $out/TimelineEngine.o $out/SessionReview.o $out/Interchange.o"

for target in $targets; do
  # shellcheck disable=SC2086
  case "$target" in
    session) set -- SessionFuzz.swift $documents $foreign ;;
    schedule) set -- ScheduleFuzz.swift $documents $foreign ;;
    site) set -- SiteFuzz.swift $documents $foreign ;;
    acknowledgement) set -- AcknowledgementFuzz.swift $documents $foreign ;;
    fact)
      set -- FactFuzz.swift Sources/SessionStore/Format/FactBody*.swift \
        Sources/SessionStore/Format/CompactJSON.swift "$out/InfusionRecord.o"
      ;;
    key) set -- KeyFuzz.swift "$out/PlainText.o" "$out/TerminalCore.o" ;;
    *) echo "There is no fuzz target $target." >&2; exit 64 ;;
  esac
  file=$1
  shift
  # shellcheck disable=SC2086
  swiftc $flags -module-name Fuzz -o "$out/$target-fuzz" "Tests/Fuzz/$file" "$@"
done

# The backtracer would hang on a crash.
export SWIFT_BACKTRACE=enable=no
for target in $targets; do
  seeds="Tests/Fuzz/Corpus/$target"
  [ "$target" = session ] && seeds="$seeds Tests/Conformance"
  dictionary=
  [ -f "Tests/Fuzz/Corpus/$target.dict" ] && dictionary="-dict=Tests/Fuzz/Corpus/$target.dict"
  mkdir -p "$out/$target"
  echo "== $target, $seconds s"
  # shellcheck disable=SC2086
  "$out/$target-fuzz" -max_total_time="$seconds" -timeout=10 -max_len=16384 -rss_limit_mb=4096 \
    -print_final_stats=1 $dictionary -artifact_prefix="$out/$target-" "$out/$target" $seeds
done
