/// What is selected in a list, by identity and not by row.
///
/// Lists change while they are shown. The selection stays on its item. If the item is gone, `clamp` moves
/// it to the one in its place, and `keep` selects nothing until the user chooses: for lists of patients
/// and drugs, where a key would act on another than the one looked at. `first` is the item at the top of
/// the window, and moves only as far as the selection needs.
package struct ListCursor<ID: Hashable & Sendable>: Hashable, Sendable {
  package private(set) var selected: ID?
  /// The last known position of the selection, used if its item is gone.
  private var position = 0
  /// Whether the selected item is gone and nothing was chosen since.
  private var isLost = false
  /// Whether the user moved to the selected item, so that it is meant and not merely the first or newest.
  package private(set) var isMoved = false
  /// Position of the first item shown.
  package private(set) var first = 0

  /// The selection's position among `ids`; nil in an empty list, and if the selected item is gone for good.
  package func index(in ids: [ID]) -> Int? {
    if ids.isEmpty { return nil }
    if let selected, let found = ids.firstIndex(of: selected) { return found }
    return isLost ? nil : min(position, ids.count - 1)
  }

  /// Selects nothing if the selected item is no longer in the list, which may have changed.
  package mutating func keep(in ids: [ID]) {
    if let selected, !ids.isEmpty, !ids.contains(selected) {
      self.selected = nil
      isLost = true
      isMoved = false
    }
    if isLost, !ids.isEmpty {
      first = min(first, ids.count - 1)
    } else {
      clamp(to: ids)
    }
  }

  /// Moves the selection and the window into a list that may have changed.
  package mutating func clamp(to ids: [ID]) {
    guard let index = index(in: ids) else {
      selected = nil
      first = 0
      return
    }
    position = index
    selected = ids[index]
    first = min(max(0, first), ids.count - 1)
  }

  package mutating func move(by steps: Int, in ids: [ID]) {
    // After a loss a step selects the item in its place; a page or an end goes where it says.
    let isStep = abs(steps) == 1
    select(at: isLost && isStep ? position : (index(in: ids) ?? position) + steps, in: ids)
    isMoved = true
  }

  /// Selects the item at a position, or the nearest one.
  package mutating func select(at index: Int, in ids: [ID]) {
    guard !ids.isEmpty else { return }
    position = min(max(0, index), ids.count - 1)
    selected = ids[position]
    isLost = false
  }

  /// Selects nothing until the user chooses.
  package mutating func release() {
    selected = nil
    isLost = true
    isMoved = false
  }

  package mutating func select(_ id: ID) {
    if id != selected { isMoved = false }
    selected = id
    isLost = false
  }

  /// Moves the window so that the whole selection is visible, if `rows` are enough for it.
  ///
  /// A selection that leaves the window is moved to its middle. The rows then stay in place for half
  /// a window of keys, so that a slow connection does not redraw the list at each key.
  package mutating func scroll(heights: (Int) -> Int, count: Int, rows: Int, selectedAt index: Int?)
  {
    guard count > 0 else {
      first = 0
      return
    }
    guard let index else { return }
    /// The first item of a window that ends with `index`.
    func start(above index: Int, within rows: Int) -> Int {
      var used = heights(index)
      var start = index
      while start > 0 {
        used += heights(start - 1)
        if used > rows { break }
        start -= 1
      }
      return start
    }
    if index < first || first < start(above: index, within: rows) {
      first = start(above: index, within: max(heights(index), rows / 2))
    }
    // No empty rows below while there are items above; each item takes at least one row.
    if count - first < rows { first = min(first, start(above: count - 1, within: rows)) }
  }
}
