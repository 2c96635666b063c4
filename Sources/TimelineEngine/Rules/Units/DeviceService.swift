import InfusionRecord

/// A pump refill, an on-body injector and, as the sole service of its day, a flush of the access
/// device are one unit each: 96521, 96522, 96377, 96523.
///
/// With any other service on the same day, access, flush and supplies are part of that service and not
/// charged.
enum DeviceService {
  static let rule = Rule(
    .deviceService,
    claim: """
      A pump refill, an on-body injector and, as the sole service of its day, a flush of the \
      access device are one unit each: 96521, 96522, 96377, 96523.
      """,
    sections: ["R15", "R23", "D36"],
    citations: [.codeBook, .selectHealth09, .transmittal902, .palmettoA53778])

  /// Charges refills and on-body injectors.
  static func apply(charging draft: inout Draft) {
    for index in draft.doses.indices where draft.doses[index].kind == .device {
      let dose = draft.doses[index]
      let service: (code: Code, form: Reason.Form)? =
        switch dose.technique {
        case .onBodyInjector: (.onBodyInjector, .onBody)
        case .pumpRefill: (.pumpRefill, .refill)
        case .implantedPumpRefill: (.implantedPumpRefill, .refill)
        default: nil
        }
      guard let service else { continue }
      draft.emit(
        service.code, dose: index,
        why: Reason(.deviceService, service.form, administration: dose.firstRow),
        isSettled: true)
    }
  }

  /// Charges a flush if nothing else is charged on its date, and at most one a date.
  ///
  /// This step comes after `DateOfService`, because it compares dates.
  static func apply(flushing draft: inout Draft) {
    var flushes: [Int32] = []
    for index in draft.doses.indices
    where draft.doses[index].kind == .device && draft.doses[index].technique == .flush {
      flushes.append(Int32(index))
    }
    guard !flushes.isEmpty else { return }
    sortInPlace(&flushes) { draft.startsBefore($0, $1) }
    var dates = Set(draft.units.map(\.date))
    for index in flushes {
      let dose = draft.doses[Int(index)]
      let date = draft.date(dose.start) ?? draft.dayWithoutClock(of: Int(dose.firstRow))
      if date == nil, !dose.isWithoutClock {
        draft.doses[Int(index)].clause = .held
        continue
      }
      guard dates.insert(date).inserted else {
        draft.doses[Int(index)].clause = .flushNotSole
        draft.find(.flushNotSole, dose.firstRow)
        continue
      }
      draft.emit(
        .deviceFlush, dose: Int(index),
        why: Reason(.deviceService, .flush, administration: dose.firstRow))
      draft.units[draft.units.count - 1].date = date
    }
  }
}

extension Sentence {
  static let onBody: Self = "One on-body injector applied."
  static let refill: Self = "One pump refill."
  static let flush: Self = "Nothing else of the day is charged, so the flush is."
}

extension Clause.Definition {
  static let flushNotSole = Self(
    .deviceService, "A flush is charged only as the sole service of the day.")
}

extension Finding.Definition {
  static let flushNotSole = Self(
    .deviceService, .note, "The flush is not charged: it was not the sole service of the day.")
}
