package import InfusionRecord

/// A patient expected at a time, and the plan for the visit.
///
/// A plan is not a fact: nothing is recorded or charged from it. It fills in forms when the patient
/// arrives.
package struct Appointment: Sendable, Hashable {
  /// A planned drug.
  package struct PlannedDrug: Sendable, Hashable {
    package var drug: String
    /// Free text: `175 mg/m2`.
    package var dose: String
    package var minutes: Int?
    /// How it is given; nil if the book does not say.
    package var technique: Technique?
  }

  /// Who cancelled it.
  package enum Cancellation: String, Sendable, CaseIterable {
    /// The appointment book.
    case file
    /// A person, by command or key.
    case person
  }

  /// What a person decided. It holds until a later file says something new of the appointment.
  package enum Decision: Sendable, Hashable {
    case cancelled
    /// The patient is expected although the file says cancelled.
    case expected
  }

  /// Minutes after midnight by the suite's clock, 0 to 1,439.
  package var minuteOfDay: Int
  package var patient: PatientIdentity
  package var chair: String
  package var regimen: String
  package var drugs: [PlannedDrug]
  package var payer: String?
  /// What the book says of allergies, as it says it; empty if it says nothing.
  package var allergies = ""
  /// The planned length, 1 to 1,440.
  package var minutes: Int?
  /// Whether the last file that named it says that it is cancelled.
  package var isCancelledInFile = false
  package var decision: Decision?
  /// Whether the last file of the day lacked it.
  package var isNotInFile = false

  package init(
    minuteOfDay: Int, patient: PatientIdentity, chair: String, regimen: String,
    drugs: [PlannedDrug], payer: String? = nil
  ) {
    self.minuteOfDay = minuteOfDay
    self.patient = patient
    self.chair = chair
    self.regimen = regimen
    self.drugs = drugs
    self.payer = payer
  }

  /// The identity of the patient's visit across files: the visit number, otherwise the record number.
  ///
  /// Several appointments of one day may share a record number.
  var key: String {
    patient.visitNumber.isEmpty ? "mrn \(patient.mrn)" : "visit \(patient.visitNumber)"
  }

  /// Who cancelled it; nil if the patient is expected.
  package var cancellation: Cancellation? {
    switch decision {
    case .cancelled?: .person
    case .expected?: nil
    case nil: isCancelledInFile ? .file : nil
    }
  }

  /// `09:30`.
  package var clock: String { Appointment.clock(minuteOfDay) }

  /// `09:30-13:30`, or `09:30` without a length.
  package var span: String {
    minutes.map { "\(clock)-\(Appointment.clock((minuteOfDay + $0) % 1440))" } ?? clock
  }

  private static func clock(_ minuteOfDay: Int) -> String {
    let hour = minuteOfDay / 60
    let minute = minuteOfDay % 60
    return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
  }

  /// Whether both are of one person, as far as name and date of birth tell.
  fileprivate func isSamePerson(as other: Appointment) -> Bool {
    patient == other.patient || patient.isSamePerson(as: other.patient)
  }

  /// The row without what a file or a person said of its standing.
  fileprivate var plan: Appointment {
    var plan = self
    plan.isCancelledInFile = false
    plan.decision = nil
    plan.isNotInFile = false
    return plan
  }
}

/// The appointments of one day, by time.
package struct DaySchedule: Sendable, Hashable {
  /// What an import did.
  package struct Changes: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
      case added, changed, cancelled
      /// In an earlier file and not in this one. They are kept and marked.
      case notInFile = "not in the file"
      /// Not found in this file, but a row that cannot be read may be theirs. They are left as they are.
      case unread = "perhaps in a row that cannot be read"
    }

    /// One appointment and what happened to it, in the order of the clock.
    package struct Line: Sendable, Hashable {
      package let kind: Kind
      package let appointment: Appointment
      /// Whether it had another name or date of birth before.
      package var isOfAnother = false
    }

    package fileprivate(set) var lines: [Line] = []
    package fileprivate(set) var same = 0
    /// Whether an appointment is another than before, so that the day must be written.
    package fileprivate(set) var isNothing = true

    package init() {}

    package func count(_ kind: Kind) -> Int { lines.count { $0.kind == kind } }
  }

  package let date: CivilDate
  package private(set) var appointments: [Appointment]

  package init(date: CivilDate, appointments: [Appointment] = []) {
    self.date = date
    self.appointments = appointments
    sort()
  }

  /// The same day without the patients and plans that are hidden. Places in the list stay.
  package func hiding(_ isHidden: (PatientIdentity) -> Bool) -> DaySchedule {
    var schedule = self
    for place in schedule.appointments.indices
    where isHidden(schedule.appointments[place].patient) {
      schedule.appointments[place].patient = .restricted
      schedule.appointments[place].regimen = ""
      schedule.appointments[place].drugs = []
      schedule.appointments[place].payer = nil
      schedule.appointments[place].allergies = ""
    }
    return schedule
  }

  /// Takes a file's rows: adds the new ones, replaces the changed ones, marks those that it lacks.
  ///
  /// Rows of one visit number, or of one patient without visit numbers, are the same appointment if they
  /// have the same time. The others of that visit or patient are matched in the order of their times.
  ///
  /// - Parameter refused: the rows of the file that cannot be read. An appointment that may be one of them
  ///   is not marked as lacking.
  package mutating func take(
    _ found: [Appointment], refused: [RefusedAppointment] = []
  ) -> Changes {
    var changes = Changes()
    var known: [String: [Int]] = [:]
    for (index, one) in appointments.enumerated() { known[one.key, default: []].append(index) }
    var pending = found
    for (step, likeness) in Likeness.allCases.enumerated() {
      if step == 1 { pending.sort { $0.minuteOfDay < $1.minuteOfDay } }
      var left: [Appointment] = []
      for one in pending {
        let match = known[one.key]?.firstIndex { likeness.holds(appointments[$0], one) }
        if let match, let index = known[one.key]?.remove(at: match) {
          take(one, at: index, &changes)
        } else {
          left.append(one)
        }
      }
      pending = left
    }
    for one in pending {
      changes.isNothing = false
      changes.lines.append(
        Changes.Line(kind: one.cancellation == nil ? .added : .cancelled, appointment: one))
    }
    let unread = RefusedRows(refused, on: date)
    for index in known.values.joined() {
      let isUnread = unread.mayHold(appointments[index])
      changes.lines.append(
        Changes.Line(kind: isUnread ? .unread : .notInFile, appointment: appointments[index]))
      if isUnread { continue }
      if !appointments[index].isNotInFile { changes.isNothing = false }
      appointments[index].isNotInFile = true
    }
    appointments += pending
    changes.lines = DaySchedule.byTime(changes.lines, \.appointment)
    sort()
    return changes
  }

  /// How a row may be an earlier appointment of the same visit or number, the surest first. A book may give
  /// one number to two people, and they are not exchanged.
  private enum Likeness: CaseIterable {
    case sameTimeAndPerson, samePerson, sameTime, sameVisit

    func holds(_ earlier: Appointment, _ found: Appointment) -> Bool {
      let isTime = earlier.minuteOfDay == found.minuteOfDay
      return switch self {
      case .sameTimeAndPerson: isTime && earlier.isSamePerson(as: found)
      case .samePerson: earlier.isSamePerson(as: found)
      case .sameTime: isTime
      case .sameVisit: true
      }
    }
  }

  private mutating func take(_ found: Appointment, at index: Int, _ changes: inout Changes) {
    let before = appointments[index]
    var after = found
    // What a person decided stays so while the book says nothing new of it.
    if before.plan == found.plan, before.isCancelledInFile == found.isCancelledInFile {
      after.decision = before.decision
    }
    if before == after {
      changes.same += 1
      return
    }
    appointments[index] = after
    changes.isNothing = false
    if after.cancellation != nil, before.cancellation == nil {
      changes.lines.append(Changes.Line(kind: .cancelled, appointment: after))
    } else if before.plan == after.plan, before.cancellation == after.cancellation {
      // It is in a file again.
      changes.same += 1
    } else {
      changes.lines.append(
        Changes.Line(
          kind: .changed, appointment: after, isOfAnother: !before.isSamePerson(as: after)))
    }
  }

  /// Cancels an appointment, or expects the patient again.
  ///
  /// - Returns: whether that changed anything.
  package mutating func setCancelled(_ isCancelled: Bool, at index: Int) -> Bool {
    guard (appointments[index].cancellation != nil) != isCancelled else { return false }
    appointments[index].decision =
      isCancelled ? .cancelled : appointments[index].isCancelledInFile ? .expected : nil
    return true
  }

  private mutating func sort() { appointments = DaySchedule.byTime(appointments, \.self) }

  /// The elements by time and key. Each key is made once: making keys in each comparison would take most
  /// of the time of an import.
  private static func byTime<Element>(
    _ elements: [Element], _ appointment: (Element) -> Appointment
  ) -> [Element] {
    elements.map { (minute: appointment($0).minuteOfDay, key: appointment($0).key, element: $0) }
      .sorted { $0.minute != $1.minute ? $0.minute < $1.minute : $0.key < $1.key }
      .map(\.element)
  }
}
