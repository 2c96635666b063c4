public import InfusionRecord

/// A patient expected at a time, and the plan for the visit.
///
/// A plan is not a fact: nothing is recorded or charged from it. It fills in forms when the patient
/// arrives.
public struct Appointment: Sendable, Hashable {
  /// A planned drug.
  public struct PlannedDrug: Sendable, Hashable {
    public var drug: String
    /// Free text: `175 mg/m2`.
    public var dose: String
    public var minutes: Int?

    public init(drug: String, dose: String = "", minutes: Int? = nil) {
      self.drug = drug
      self.dose = dose
      self.minutes = minutes
    }
  }

  /// Minutes after midnight by the suite's clock, 0 to 1,439.
  public var minuteOfDay: Int
  public var patient: PatientIdentity
  public var chair: String
  public var regimen: String
  public var drugs: [PlannedDrug]
  public var payer: String?

  public init(
    minuteOfDay: Int, patient: PatientIdentity, chair: String = "", regimen: String = "",
    drugs: [PlannedDrug] = [], payer: String? = nil
  ) {
    self.minuteOfDay = minuteOfDay
    self.patient = patient
    self.chair = chair
    self.regimen = regimen
    self.drugs = drugs
    self.payer = payer
  }

  /// The identity of the appointment across files: the visit number, otherwise the record number.
  var key: String {
    patient.visitNumber.isEmpty ? "mrn \(patient.mrn)" : "visit \(patient.visitNumber)"
  }

  /// `09:30`.
  public var clock: String {
    let hour = minuteOfDay / 60
    let minute = minuteOfDay % 60
    return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
  }
}

/// The appointments of one day, by time.
public struct DaySchedule: Sendable, Hashable {
  /// The result of an import.
  public struct Changes: Sendable, Hashable {
    public var added = 0
    public var changed = 0
    public var same = 0
    /// Appointments of an earlier file that this file lacks; they are kept.
    public var notInFile = 0

    public init() {}

    public var isNothing: Bool { added == 0 && changed == 0 }
  }

  public let date: CivilDate
  public private(set) var appointments: [Appointment]

  public init(date: CivilDate, appointments: [Appointment] = []) {
    self.date = date
    self.appointments = appointments
    sort()
  }

  /// Adds the new appointments of a file and replaces the changed ones.
  public mutating func take(_ found: [Appointment]) -> Changes {
    var changes = Changes()
    let before = Set(appointments.map(\.key))
    for appointment in found {
      if let index = appointments.firstIndex(where: { $0.key == appointment.key }) {
        if appointments[index] == appointment {
          changes.same += 1
        } else {
          appointments[index] = appointment
          changes.changed += 1
        }
      } else {
        appointments.append(appointment)
        changes.added += 1
      }
    }
    changes.notInFile = before.subtracting(found.map(\.key)).count
    sort()
    return changes
  }

  private mutating func sort() {
    appointments.sort { left, right in
      left.minuteOfDay != right.minuteOfDay
        ? left.minuteOfDay < right.minuteOfDay : left.key < right.key
    }
  }
}
