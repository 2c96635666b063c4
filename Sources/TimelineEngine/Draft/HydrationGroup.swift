import InfusionRecord

/// A stretch of hydration that counts, and the group it counts in.
struct HydrationPiece {
  var interval: Interval
  var row: Int32
  var dose: Int32
  var catheter: Int32
  var group: Int32
}

/// Hydration that is charged together.
struct HydrationGroup {
  var encounter: Int32
  var site: Int32
  var firstRow: Int32
  var start: Instant
  /// Its part of the draft's `pieces`.
  var pieces = Run()
  var counted = Run()
  var seconds: Int64 = 0
  var isMissingFact = false
  var isDisputed = false

  var minutes: Int { Int(seconds / 60) }
}
