import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SuiteProgram

/// What is known of a drug's containers, discard and supply; what is absent stays as it was recorded.
struct AccountOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Containers that were opened, as often as needed: \"2 x 100 mg\", \"50 mg multi-dose\"; they "
        + "replace those recorded before.", valueName: "containers"))
  var vial: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "What a scanner sent of one opened container, or its NDC, as often as needed; they replace those "
        + "recorded before.", valueName: "text"))
  var scan: [String] = []

  @Option(help: ArgumentHelp("The lot of the containers named by --vial.", valueName: "lot"))
  var lot: String?

  @Option(
    help: ArgumentHelp(
      "The expiry of the containers named by --vial: 2027-05-31.", valueName: "date"))
  var expires: String?

  @Option(help: ArgumentHelp("The National Drug Code as printed.", valueName: "code"))
  var ndc: String?

  @Option(help: ArgumentHelp("The brand, if it decides the code.", valueName: "name"))
  var brand: String?

  @Option(
    help: ArgumentHelp("What was discarded: \"20 mg\", or none.", valueName: "amount"))
  var discarded: String?

  @Option(help: ArgumentHelp("Who discarded it; without it, the recorder.", valueName: "name"))
  var by: String?

  @Option(help: ArgumentHelp("Who saw it discarded.", valueName: "name"))
  var witness: String?

  @Option(help: ArgumentHelp("Why it was discarded.", valueName: "text"))
  var discardReason: String?

  @Flag(help: "It was discarded in the pharmacy, not at the chair.")
  var inPharmacy = false

  @Option(help: "Whose the drug was.")
  var supply: DrugFacts.Supply?

  @Flag(inversion: .prefixedNo, help: "Whether others were treated from the same container.")
  var shared: Bool?

  /// The facts with the values that were given.
  ///
  /// - Parameters:
  ///   - given: the amount that reached the patient, as typed.
  ///   - moment: when it was recorded, which is when it was discarded.
  func applied(
    to known: DrugFacts, given: String?, at moment: Instant, by recorder: Recorder
  ) throws -> DrugFacts {
    var facts = known
    if let given { facts = facts.changing(given: .some(try Self.amount(given, "--given"))) }
    if ndc != nil || brand != nil {
      let product = facts.product ?? DrugProduct()
      if let ndc, NationalDrugCode(ndc) == nil {
        throw Complaint("--ndc: \(ndc.printable) is no National Drug Code; it has 10 or 11 digits.")
      }
      facts = facts.changing(
        product: DrugProduct(ndc: ndc ?? product.ndc, brand: brand ?? product.brand))
    }
    if !vial.isEmpty || !scan.isEmpty || lot != nil || expires != nil {
      facts = try opened(facts, by: recorder)
    }
    if let supply { facts = facts.changing(supply: supply) }
    if let shared { facts = facts.changing(isShared: shared) }
    return try discard(facts, at: moment, by: recorder.actor)
  }

  private func opened(_ known: DrugFacts, by recorder: Recorder) throws -> DrugFacts {
    if vial.isEmpty, lot != nil || expires != nil {
      throw Complaint("--lot and --expires need --vial; nothing was recorded.")
    }
    var facts = known.changing(containers: [])
    for text in vial {
      do throws(DrugAmount.EntryFault) {
        var container = try DrugContainer(written: text)
        container.kind = container.kind ?? .singleDose
        container.lot = lot
        container.expires = try expires.map { text throws(DrugAmount.EntryFault) in
          guard let date = CivilDate(iso: text) else {
            throw DrugAmount.EntryFault("An expiry is a date, as in 2027-05-31.")
          }
          return date
        }
        facts = facts.changing(containers: facts.containers + [container])
      } catch {
        throw Complaint("--vial: \(error.message)")
      }
    }
    let tables = scan.isEmpty ? .starter : try recorder.drugTables()
    for text in scan {
      do throws(DrugBarcode.Fault) {
        let scan = try ContainerScan(text, in: tables)
        for note in scan.notes { StandardStream.error.write("--scan: \(note)\n") }
        facts = facts.adding(scan)
      } catch {
        throw Complaint("--scan: \(error.message) Nothing was recorded.")
      }
    }
    return facts
  }

  private func discard(
    _ facts: DrugFacts, at moment: Instant, by recorder: String
  ) throws -> DrugFacts {
    let isDetailed = by != nil || witness != nil || discardReason != nil || inPharmacy
    guard discarded != nil || isDetailed else { return facts }
    let unit = facts.given?.unit ?? facts.containers.lazy.compactMap(\.amount).first?.unit ?? .mg
    var discard: DrugDiscard
    if let discarded {
      // Another amount is another discard: who and when of the one before are not its.
      let amount =
        discarded.lowercased() == "none"
        ? DrugAmount(.zero, unit) : try Self.amount(discarded, "--discarded")
      discard = DrugDiscard(amount, at: moment, by: inPharmacy ? nil : recorder, place: .chair)
    } else if let known = facts.discarded {
      discard = known
    } else {
      throw Complaint("--by, --witness, --discard-reason and --in-pharmacy need --discarded.")
    }
    if inPharmacy { discard.place = .pharmacy }
    if let by { discard.by = by }
    if let witness {
      if let fault = SecondPerson.fault(witness, besides: recorder, in: Roster()) {
        throw Complaint("--witness: \(fault.printable) Nothing was recorded.")
      }
      discard.witness = witness
    }
    if let discardReason { discard.reason = discardReason }
    return facts.changing(discarded: .some(discard))
  }

  private static func amount(_ text: String, _ option: String) throws -> DrugAmount {
    do throws(DrugAmount.EntryFault) {
      return try DrugAmount(written: text)
    } catch {
      throw Complaint("\(option): \(error.message)")
    }
  }
}
