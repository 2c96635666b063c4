#!/bin/sh
# Builds the fuzz target and runs it: Tests/Fuzz/run.sh [SECONDS]
#
# Seeds are the conformance cases and the malformed documents in Tests/Fuzz/Corpus. New inputs are
# kept under .build/fuzz/corpus, so that the next run goes on from there. Ends with an error when an
# input crashed, hung for ten seconds or broke a law; the input is then in .build/fuzz.
set -eu
cd "$(dirname "$0")/../.."
seconds="${1:-600}"
out=.build/fuzz
mkdir -p "$out/corpus"

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

flags="-O -swift-version 6 -parse-as-library -sanitize=fuzzer,address -enforce-exclusivity=checked
  -enable-upcoming-feature ExistentialAny -enable-upcoming-feature MemberImportVisibility
  -enable-upcoming-feature InternalImportsByDefault -I $out"
objects=
for module in InfusionRecord TimelineEngine Interchange; do
  extra=
  [ "$module" = Interchange ] && extra="$out/embedded_resources.swift"
  # shellcheck disable=SC2046,SC2086
  swiftc $flags -wmo -module-name "$module" -emit-module -emit-module-path "$out/$module.swiftmodule" \
    -emit-object -o "$out/$module.o" $(find "Sources/$module" -name '*.swift') $extra
  objects="$objects $out/$module.o"
done
# shellcheck disable=SC2086
swiftc $flags -o "$out/session-fuzz" Tests/Fuzz/SessionFuzz.swift $objects

# The backtracer would hang on a crash.
export SWIFT_BACKTRACE=enable=no
exec "$out/session-fuzz" -max_total_time="$seconds" -timeout=10 -max_len=16384 -rss_limit_mb=4096 \
  -print_final_stats=1 -dict=Tests/Fuzz/session.dict -artifact_prefix="$out/" \
  "$out/corpus" Tests/Fuzz/Corpus Tests/Conformance
