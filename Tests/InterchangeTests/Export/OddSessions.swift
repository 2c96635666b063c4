import InfusionRecord
import SessionReview
import TestSupport

/// One session of each odd kind: what exports must tell exactly as it was charted, and no more.
enum OddSession: String, CaseIterable {
  case injectionWithoutSite, pushWithoutSite, siteOfAnotherDrug, noAccount, heldUnit, withdrawnDrug,
    amendedChair, orderNumbers, doseBesideVolume, changedRate, lastSeen, notObserved, paper

  var record: SampleRecord {
    var record = SampleRecord(session: "2026-11-23-odd", zone: "America/Chicago")
    var opening = SampleRecord.opening
    opening.zone = record.zone
    if self == .noAccount { opening.patient.visitNumber = "" }
    record.add(.sessionOpened(opening), at: "07:00")
    if !isWithoutSite {
      record.add(.siteOpened(SiteOpening(site: "left-hand", kind: .peripheral)), at: "07:00")
    }
    addDrugs(to: &record)
    record.add(.sessionClosed(answers: []), at: "12:00")
    if self == .amendedChair {
      opening.chair = "7"
      record.add(
        .eventSuperseded(replaces: record.events[0].id, replacement: .sessionOpened(opening)),
        at: "07:00", recorded: "12:30", reason: "sat in another chair")
    }
    return record
  }

  private var isWithoutSite: Bool {
    switch self {
    case .injectionWithoutSite, .pushWithoutSite, .paper: true
    default: false
    }
  }

  private func addDrugs(to record: inout SampleRecord) {
    var drug = AdministrationFacts(
      administration: "a1", drug: "ondansetron", technique: .infusion, site: "left-hand")
    switch self {
    case .injectionWithoutSite:
      drug.technique = .subcutaneous
      drug.site = nil
      record.add(.injectionGiven(drug), at: "08:00")
    case .pushWithoutSite, .siteOfAnotherDrug:
      drug.technique = .push
      drug.site = nil
      record.add(.pushGiven(drug, minutes: 3), at: "08:00")
      guard self == .siteOfAnotherDrug else { break }
      record.start("a2", "paclitaxel", at: "09:00", site: "left-hand")
      record.stop("a2", at: "10:00")
    case .heldUnit:
      drug.site = nil
      record.add(.drugStarted(drug), at: "08:00")
      record.stop("a1", at: "09:00")
      record.start("a2", "paclitaxel", at: "09:30", site: "left-hand")
      record.stop("a2", at: "10:30")
    case .notObserved:
      record.add(.drugStarted(drug), at: "08:00")
      record.add(.drugStopped(DrugStop(administration: "a1", isNotObserved: true)), at: "09:00")
      record.start("a2", "paclitaxel", at: "09:30", site: "left-hand")
      record.stop("a2", at: "10:30")
    case .withdrawnDrug:
      let wrong = record.start("a2", "paclitaxel", at: "07:30", site: "left-hand")
      record.add(
        .eventSuperseded(replaces: wrong.id, replacement: nil), at: "07:30", recorded: "07:40",
        reason: "another patient's bag")
      record.add(.drugStarted(drug), at: "08:00")
      record.stop("a1", at: "09:00")
    case .orderNumbers, .doseBesideVolume, .amendedChair, .noAccount, .changedRate:
      if self == .orderNumbers { drug.order = "ORD-77" }
      if self == .doseBesideVolume || self == .changedRate {
        drug.amount = "8 mg"
        drug.volumeML = 50
        drug.rateMLPerHour = 100
      }
      record.add(.drugStarted(drug), at: "08:00")
      if self == .changedRate {
        record.add(.rateChanged(administration: "a1", rateMLPerHour: 40), at: "08:20")
      }
      record.stop("a1", at: "09:00")
    case .lastSeen:
      record.add(.drugStarted(drug), at: "08:00")
      record.add(
        .drugStopped(DrugStop(administration: "a1")), at: "09:00", basis: .lastSeenRunning)
    case .paper:
      drug.technique = .push
      drug.site = nil
      drug.isWithoutClock = true
      record.add(.pushGiven(drug, minutes: 20), at: "08:00")
    }
  }

  /// Signed off.
  var signed: DerivedSession { ExportSample.export(record.log) }
}
