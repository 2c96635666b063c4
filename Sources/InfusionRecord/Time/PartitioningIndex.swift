extension RandomAccessCollection {
  /// The index of the first element for which `belongs` is true, by bisection; `endIndex` if it is true for
  /// none.
  ///
  /// The elements for which it is true must all follow those for which it is false.
  @inlinable
  package func partitioningIndex(where belongs: (Element) -> Bool) -> Index {
    var low = startIndex
    var length = count
    while length > 0 {
      let half = length / 2
      let middle = index(low, offsetBy: half)
      if belongs(self[middle]) {
        length = half
      } else {
        low = index(after: middle)
        length -= half + 1
      }
    }
    return low
  }
}
