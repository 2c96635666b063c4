/// Compares by bytes, so that the order is the same in every locale.
func precedes(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}

/// Sorts lists of up to 24 elements, which most lists of a session are, by insertion; otherwise it calls
/// the standard sort.
func sortInPlace<Element>(_ list: inout [Element], by before: (Element, Element) -> Bool) {
  guard list.count <= 24 else {
    list.sort(by: before)
    return
  }
  var index = 1
  while index < list.count {
    let element = list[index]
    var hole = index
    while hole > 0, before(element, list[hole - 1]) {
      list[hole] = list[hole - 1]
      hole -= 1
    }
    list[hole] = element
    index += 1
  }
}

extension Draft {
  /// For each row its rank in canonical order.
  var canonicalRanks: [Int32] {
    var ranks = [Int32](repeating: 0, count: rows.count)
    for rank in order.indices { ranks[Int(order[rank])] = Int32(rank) }
    return ranks
  }
}
