import InfusionRecord

/// The access site picked in a form.
struct SiteChoice {
  /// Nil if none is recorded.
  let id: String?
  let words: String
  /// The fact that opens it, if it is new.
  let opening: EventDraft?
}

extension FormContext {
  /// The kinds of access, the most usual first.
  static let siteKinds: [AccessSite.Kind] = [
    .port, .peripheral, .picc, .central, .subcutaneous, .implanted,
  ]

  private static let newSite = "new:"
  static let noSite = "none"

  /// The kind of a picked site that the form opens itself; nil for an open site.
  func newSite(_ picked: String) -> AccessSite.Kind? {
    guard picked.hasPrefix(FormContext.newSite) else { return nil }
    return AccessSite.Kind(rawValue: String(picked.dropFirst(FormContext.newSite.count)))
  }

  /// The open access sites, and new ones that the form opens itself.
  ///
  /// The site decides units, so only what the record says is proposed: the one open site, or of several the
  /// one at which something runs. Otherwise nothing is chosen before the user does it.
  ///
  /// - Parameter isProposed: whether that site is proposed.
  func siteField(isProposed: Bool = true) -> Field {
    let open = session?.openSites ?? []
    var options = open.map { Field.Option($0.opening.site, $0.opening.words) }
    for kind in FormContext.siteKinds {
      let isKnown = open.contains { $0.opening.kind == kind }
      options.append(
        Field.Option(
          FormContext.newSite + kind.rawValue, isKnown ? "another \(kind.words)" : kind.words,
          details: ["new site"]))
    }
    options.append(Field.Option(FormContext.noSite, "not recorded yet"))
    return Field.choice(.site, "Site", options, picked: isProposed ? knownSite(open) : nil)
  }

  private func knownSite(_ open: [RecordedSite]) -> String? {
    if open.count == 1 { return open[0].opening.site }
    let inUse = Set((session?.running ?? []).compactMap(\.facts.site))
    let found = open.filter { inUse.contains($0.opening.site) }
    return found.count == 1 ? found[0].opening.site : nil
  }

  func site(at moment: Instant) throws(FormProblem) -> SiteChoice {
    let picked = value(.site)
    if picked == FormContext.noSite || picked.isEmpty {
      return SiteChoice(id: nil, words: "site not recorded", opening: nil)
    }
    if let kind = newSite(picked), let session {
      let id = session.nextSite(kind)
      let opening = try draft(.siteOpened(SiteOpening(site: id, kind: kind)), at: moment)
      return SiteChoice(id: id, words: "\(kind.words), new site", opening: opening)
    }
    let known = session?.log.sites.first { $0.opening.site == picked }
    return SiteChoice(id: picked, words: known?.opening.words ?? picked, opening: nil)
  }
}

extension SessionReading {
  var openSites: [RecordedSite] { log.sites.filter { $0.closedAt == nil } }

  /// A name for a new site: its kind, numbered from the second on.
  func nextSite(_ kind: AccessSite.Kind) -> String {
    let taken = Set(log.sites.map(\.opening.site))
    if !taken.contains(kind.rawValue) { return kind.rawValue }
    var number = 2
    while taken.contains("\(kind.rawValue)-\(number)") { number += 1 }
    return "\(kind.rawValue)-\(number)"
  }
}
