import InfusionRecord
import SessionReview
import TimelineEngine

// The fields about a drug's amount, its containers and what was discarded, which several forms share.

extension FormContext {
  /// The value of a row for a container that is recorded already; its place follows.
  private static let recorded = "recorded:"
  /// The answers about what was discarded, next to an amount that is typed.
  private static let rest = "rest"
  private static let inPharmacy = "pharmacy"
  private static let nothing = "none"
  private static let notByMe = "not-by-me"

  /// The codes and packages of drugs; nil if the site records no amounts for this payer.
  var drugTables: DrugTables? {
    let policies = state.suite.policies
    let policy = policies[session?.opening.payer ?? state.suite.payer]
    return policy.drugLines == .off ? nil : policies.drugTables.tables
  }

  /// The tables if amounts of a drug are asked for: it has a code whose units count amounts.
  func tables(asking drug: Drug) -> DrugTables? {
    guard !drug.text.isEmpty, let tables = drugTables else { return nil }
    if scan != nil { return tables }
    // The amount of a fluid is not asked for, although it has a code.
    let isFluid = drug.entry?.drugClass == .hydration
    return !isFluid && tables.hasUnit(drug, on: clock.date(at: now)) ? tables : nil
  }

  /// Whether the form asks for an amount or a container.
  var asksAccount: Bool {
    drugTables != nil && (prompt[.amountGiven] != nil || prompt[.container] != nil)
  }

  /// The container that was scanned in the field of the drug.
  var scan: ContainerScan? {
    guard let text = prompt[.drug]?.scanned, let tables = drugTables else { return nil }
    return try? ContainerScan(text, in: tables)
  }

  // MARK: Fields

  /// Amount given, containers and discard of a drug; none if its amounts are not asked for.
  ///
  /// - Parameters:
  ///   - known: what is recorded already.
  ///   - given: the amount to propose; nil proposes none.
  ///   - asksGiven: whether to ask for the amount given.
  ///   - always: whether amounts are asked for even if the drug has no unit.
  func accountFields(
    _ drug: Drug, known: DrugFacts = .none, given proposed: DrugAmount?, asksGiven: Bool = true,
    always: Bool = false
  ) -> [Field] {
    guard let tables = always || !known.isEmpty ? drugTables : tables(asking: drug) else {
      return []
    }
    var fields: [Field] = []
    if asksGiven {
      fields.append(
        .text(
          .amountGiven, "Given", (known.given ?? proposed)?.text ?? "",
          hint: "amount and unit, 80 mg; not recorded"))
    }
    return fields + containerFields(drug, known, tables) + discardFields(known)
  }

  /// A field for each kind of container, and one more.
  private func containerFields(_ drug: Drug, _ known: DrugFacts, _ tables: DrugTables) -> [Field] {
    var before = known.containers.indices.map { "\(FormContext.recorded)\($0)" }
    if let scanned = prompt[.drug]?.scanned, scan != nil { before.append(scanned) }
    let shown = prompt.fields.filter { $0.name == .container }
    let filled = max(before.count, (shown.lastIndex { !$0.value.isEmpty } ?? -1) + 1)
    let recorded = known.containers.enumerated().map { index, container in
      Field.Option("\(FormContext.recorded)\(index)", container.label)
    }
    let sold = sizes(of: drug, tables).map { container in
      Field.Option(
        container.written, "1 x \(container.amount?.text ?? "")",
        details: [container.kind?.rawValue ?? ""])
    }
    return (0..<min(filled + 1, EventLog.mostContainers)).map { position in
      let isFirst = position == 0
      var options = recorded + sold
      let picked = shown.first { $0.subject == "\(position)" }?.picked
      for text in [picked, before.indices.contains(position) ? before[position] : nil] {
        guard let text, !text.isEmpty, !options.contains(where: { $0.value == text }),
          let scan = try? ContainerScan(text, in: tables)
        else { continue }
        options.append(
          Field.Option(text, "1 x \(scan.container.label)", details: [scan.package?.product ?? ""]))
      }
      options.append(Field.Option("", isFirst ? "not recorded" : "no other"))
      var field = Field.choice(
        .container, isFirst ? "Containers" : "and", options,
        picked: before.indices.contains(position) ? before[position] : "", isRequired: false,
        isFree: true, hint: "scan, or 2 x 100 mg")
      field.subject = "\(position)"
      return field
    }
  }

  /// The sizes in which a drug is sold for one patient, largest first.
  private func sizes(of drug: Drug, _ tables: DrugTables) -> [DrugContainer] {
    var found: [DrugContainer] = []
    for package in tables.packages(of: drug) {
      let container = DrugContainer(amount: package.amount, kind: package.kind)
      if package.amount != nil, !found.contains(container) { found.append(container) }
    }
    return Array(
      found.sorted { one, other in
        guard let a = one.amount, let b = other.amount else { return false }
        return (b.value(in: a.unit) ?? .zero) < a.value
      }.prefix(6))
  }

  /// What became of the rest of the containers. An answer is due if something is left over, and none is preset.
  private func discardFields(_ known: DrugFacts) -> [Field] {
    guard let facts = try? filled(known), !facts.isShared,
      !facts.containers.contains(where: { $0.kind == .multiDose })
    else { return [] }
    var options: [Field.Option] = []
    if let discarded = known.discarded {
      options.append(Field.Option(FormContext.recorded, discarded.words))
    }
    guard let rest = facts.rest, !rest.value.isZero else {
      guard known.discarded != nil else { return [] }
      return [
        Field.choice(
          .discard, "Discarded", options, picked: FormContext.recorded, isRequired: false,
          isFree: true)
      ]
    }
    options += [
      Field.Option(FormContext.rest, "\(rest.text), the rest"),
      Field.Option(FormContext.inPharmacy, "\(rest.text) in the pharmacy"),
      Field.Option(FormContext.nothing, "nothing"),
      Field.Option(FormContext.notByMe, "not by me, or not yet"),
    ]
    var field = Field.choice(
      .discard, "Discarded", options, picked: known.discarded == nil ? nil : FormContext.recorded,
      suggested: FormContext.rest, isFree: true, hint: "or type what was")
    // Another rest is another question.
    field.subject = rest.text
    let answer = prompt.fields.first { $0.isSame(as: field) }?.value ?? ""
    let isSeen = ![
      FormContext.nothing, FormContext.inPharmacy, FormContext.notByMe, FormContext.recorded, "",
    ].contains(answer)
    guard isSeen, state.suite.witnessesDiscards else { return [field] }
    return [field, .text(.witness, "Witness", isRequired: true, hint: "who saw it discarded")]
  }

  // MARK: Supply

  /// The product, whose the drug was, and whether others were treated from the containers.
  func supplyFields(_ known: DrugFacts) -> [Field] {
    [
      .text(
        .product, "Product", known.product?.ndc ?? known.product?.brand ?? "",
        hint: "NDC or brand, if it was not scanned"),
      Field.choice(
        .supply, "Supply", DrugFacts.Supply.allCases.map { Field.Option($0.rawValue, $0.words) },
        picked: known.supply.rawValue),
      Field.choice(
        .shared, "Shared",
        [Field.Option("", "no"), Field.Option("yes", "yes, with other patients")],
        picked: known.isShared ? "yes" : "", isRequired: false),
    ]
  }

  /// The facts with the answers to `supplyFields`.
  func supplied(_ facts: DrugFacts) -> DrugFacts {
    facts.changing(
      product: .some(product(facts.product)),
      supply: DrugFacts.Supply(rawValue: value(.supply)), isShared: value(.shared) == "yes")
  }

  /// The product as typed: a National Drug Code, or a brand. A scan of a container fills in what is left empty.
  private func product(_ known: DrugProduct?) -> DrugProduct? {
    let text = value(.product)
    if text.isEmpty { return known }
    if text == known?.ndc || text == known?.brand { return known }
    if DrugBarcode.isScan(text), let tables = drugTables,
      let scan = try? ContainerScan(text, in: tables)
    {
      return DrugProduct(ndc: scan.ndc)
    }
    // Another code or brand is another product.
    return NationalDrugCode(text) != nil ? DrugProduct(ndc: text) : DrugProduct(brand: text)
  }

  // MARK: Reading

  /// What the fields about amount and containers say, without what was discarded.
  func filled(_ known: DrugFacts) throws(FormProblem) -> DrugFacts {
    guard asksAccount, let tables = drugTables else { return known }
    var facts = known
    if prompt[.shared] != nil { facts = facts.changing(isShared: value(.shared) == "yes") }
    if prompt[.amountGiven] != nil { facts = facts.changing(given: .some(try given())) }
    let fields = prompt.fields.filter { $0.name == .container }
    guard !fields.isEmpty else { return facts }
    facts = facts.changing(containers: [])
    for field in fields where !field.value.isEmpty {
      if let place = place(of: field.value), known.containers.indices.contains(place) {
        facts = facts.changing(containers: facts.containers + [known.containers[place]])
      } else if let scan = try? ContainerScan(field.value, in: tables) {
        facts = facts.adding(scan)
      } else {
        facts = facts.changing(containers: facts.containers + [try container(field.value)])
      }
    }
    return facts
  }

  private func place(of value: String) -> Int? {
    value.hasPrefix(FormContext.recorded) ? Int(value.dropFirst(FormContext.recorded.count)) : nil
  }

  /// The amount typed as given; nil if none is.
  private func given() throws(FormProblem) -> DrugAmount? {
    let text = value(.amountGiven)
    if text.isEmpty { return nil }
    do throws(DrugAmount.EntryFault) {
      return try DrugAmount(written: text)
    } catch {
      throw FormProblem(.amountGiven, error.message)
    }
  }

  private func container(_ text: String) throws(FormProblem) -> DrugContainer {
    if DrugBarcode.looksScanned(text) {
      do throws(DrugBarcode.Fault) {
        _ = try DrugBarcode(text)
      } catch {
        throw FormProblem(.container, "\(error.message) Scan it again, or type 2 x 100 mg.")
      }
    }
    do throws(DrugAmount.EntryFault) {
      var container = try DrugContainer(written: text)
      container.kind = container.kind ?? .singleDose
      return container
    } catch {
      throw FormProblem(.container, error.message)
    }
  }

  /// What the form says of the drug; nil if it says nothing that is not recorded.
  func account(
    known: DrugFacts = .none, at moment: Instant
  ) throws(FormProblem) -> DrugFacts? {
    guard asksAccount else { return nil }
    var facts = try filled(known)
    if let field = prompt[.discard] {
      facts = facts.changing(
        discarded: try discard(field, facts, known.discarded, at: moment))
    }
    return facts == known ? nil : facts
  }

  private func discard(
    _ field: Field, _ facts: DrugFacts, _ known: DrugDiscard?, at moment: Instant
  ) throws(FormProblem) -> DrugDiscard? {
    let rest = facts.rest ?? DrugAmount(.zero, facts.given?.unit ?? .mg)
    var discard: DrugDiscard
    switch field.value {
    case FormContext.recorded: return known
    case FormContext.notByMe: return nil
    case "":
      if field.isRequired {
        throw FormProblem(.discard, "What became of \(rest.text)? Nothing is taken as discarded.")
      }
      return known
    case FormContext.rest:
      discard = DrugDiscard(rest, at: moment, by: state.actor.name, place: .chair)
    case FormContext.inPharmacy: discard = DrugDiscard(rest, at: moment, place: .pharmacy)
    case FormContext.nothing:
      discard = DrugDiscard(
        DrugAmount(.zero, rest.unit), at: moment, by: state.actor.name, place: .chair)
    case let text:
      do throws(DrugAmount.EntryFault) {
        discard = DrugDiscard(
          try DrugAmount(written: text), at: moment, by: state.actor.name, place: .chair)
      } catch {
        throw FormProblem(.discard, error.message)
      }
    }
    discard.witness = optional(.witness) ?? discard.witness
    if let witness = optional(.witness),
      let fault = SecondPerson.fault(witness, besides: state.actor.name, in: state.roster)
    {
      throw FormProblem(.witness, fault)
    }
    return discard
  }

  /// `; 80 mg given; 1 container opened of 100 mg`, the end of a sentence.
  func accountWords(_ facts: DrugFacts?) -> String {
    guard let facts, !facts.words.isEmpty else { return "" }
    return "; " + facts.words.joined(separator: "; ")
  }

  /// The fact, after the one that it is about.
  func accountDraft(
    _ facts: DrugFacts?, of administration: String, at moment: Instant, reason: String?
  ) throws(FormProblem) -> [EventDraft] {
    guard let facts else { return [] }
    return [
      EventDraft(
        session: try openSession().id, time: moment, basis: basis.ofAccount, reason: reason,
        fact: .drugAccounted(DrugAccount(administration: administration, facts: facts)))
    ]
  }
}

extension TimeBasis {
  /// How the time of an account is known that is recorded with a stop: the end may be computed, the account is not.
  fileprivate var ofAccount: TimeBasis {
    switch self {
    case .computedFromRateAndVolume, .lastSeenRunning: .lateEntry
    default: self
    }
  }
}

extension DrugContainer {
  /// `100 mg single-dose, lot LOT7, expires 31-May-2027`, as a row shows it.
  fileprivate var label: String {
    var words = count == 1 ? "" : "\(count) x "
    words += amount?.text ?? "size not known"
    if let kind { words += " \(kind.rawValue)" }
    if let lot { words += ", lot \(lot)" }
    if let expires { words += ", expires \(expires.display)" }
    return words
  }
}
