import PlainText
import SuiteProgram
import ArgumentParser
import InfusionRecord
import Interchange

/// What can be charted when a drug is started or given.
struct DrugOptions: ParsableArguments {
  @Argument(help: "The drug: name, brand, HCPCS code or NDC, or the beginning of one.")
  var drug: String

  @Option(help: "How it is given; without it, the drug's usual way.")
  var technique: Technique?

  @Option(
    help: ArgumentHelp("The access site; without it, the only one open.", valueName: "site"))
  var site: String?

  @Option(help: ArgumentHelp("What was given, for people: 175 mg/m2.", valueName: "text"))
  var amount: String?

  @Option(help: ArgumentHelp("The order it belongs to.", valueName: "order"))
  var order: String?

  @Option(help: ArgumentHelp("The dose, if several rows are one dose.", valueName: "dose"))
  var dose: String?

  @Option(help: ArgumentHelp("The bag, if drugs share one.", valueName: "bag"))
  var bag: String?

  @Option(help: ArgumentHelp("How long it is planned to run.", valueName: "minutes"))
  var planned: Double?

  @Option(help: ArgumentHelp("Volume in mL.", valueName: "mL"))
  var volume: Double?

  @Option(help: ArgumentHelp("Rate in mL per hour.", valueName: "mL/h"))
  var rate: Double?

  @Option(help: "What fluid is for; integral: a drug that is part of another procedure.")
  var purpose: Administration.Purpose = .hydration

  @Option(
    name: .customLong("class"),
    help: "The class; it holds before that of the formulary, and the statement says so.")
  var statedClass: Drug.Class?

  @Flag(help: "An order for hydration is charted.")
  var hydrationOrdered = false

  @Flag(help: "The indication for hydration is charted.")
  var hydrationIndicated = false

  @Option(help: ArgumentHelp("The encounter, if the patient came twice.", valueName: "number"))
  var encounter: String = "1"

  @Option(help: "Whose pump it is.")
  var pumpOwner: Administration.PumpOwner = .supplier

  @Flag(help: "The pump goes home with the patient.")
  var goesHome = false

  @Flag(help: "This is what the patient came for (professional setting).")
  var reasonForVisit = false

  @Flag(help: "Record the drug as written, even if the formulary lacks it.")
  var unlisted = false

  @Flag(help: "Record what is asked about: its way, or a name like another; needs a --reason.")
  var anyway = false

  /// The facts to chart, with the drug resolved and the usual technique and site filled in.
  ///
  /// - Parameter techniques: those the command records; the first is its usual one.
  func facts(
    in log: EventLog, by recorder: Recorder, techniques: [Technique],
    preferring preferred: Technique? = nil
  ) throws -> AdministrationFacts {
    let formulary = recorder.formulary
    let name = try Choice.drug(drug, in: formulary, unlisted: unlisted)
    let listed = formulary.drug(named: name).entry?.techniques ?? []
    let known = listed.filter { techniques.contains($0) }
    let usual = known.first { $0 == preferred } ?? known.first
    let technique = technique ?? usual ?? techniques[0]
    guard techniques.contains(technique) else {
      throw Complaint(
        "--technique \(technique.rawValue) is not for this command; expected one of "
          + "\(techniques.map(\.rawValue).joined(separator: ", ")).")
    }
    var charted: Administration.HydrationFacts = []
    if hydrationOrdered { charted.insert(.order) }
    if hydrationIndicated { charted.insert(.indication) }
    return AdministrationFacts(
      administration: log.nextAdministration, drug: name, technique: technique,
      site: try site ?? onlySite(in: log, for: technique), amount: amount, order: order,
      dose: dose, bag: bag, plannedMinutes: planned, volumeML: volume, rateMLPerHour: rate,
      purpose: purpose, statedClass: statedClass, hydrationFacts: charted, encounter: encounter,
      pumpOwner: pumpOwner, goesHome: goesHome, isReasonForVisit: reasonForVisit)
  }

  /// The open access site, if the technique needs one and only one is open.
  private func onlySite(in log: EventLog, for technique: Technique) throws -> String? {
    switch technique {
    case .infusion, .push, .pump, .pumpRefill, .flush: break
    default: return nil
    }
    let open = log.openSites
    if open.count > 1 {
      throw Complaint(
        "This session has the access sites \(open.joined(separator: ", ").printable); name one "
          + "with --site.")
    }
    return open.first
  }
}

extension EventLog {
  /// The names of the access sites that are open.
  var openSites: [String] {
    sites.filter { $0.closedAt == nil }.map(\.opening.site)
  }
}
