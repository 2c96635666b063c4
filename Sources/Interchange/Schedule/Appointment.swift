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
  }

  /// Minutes after midnight by the suite's clock, 0 to 1,439.
  package var minuteOfDay: Int
  package var patient: PatientIdentity
  package var chair: String
  package var regimen: String
  package var drugs: [PlannedDrug]
  package var payer: String?

  /// The identity of the appointment across files: the visit number, otherwise the record number.
  var key: String {
    patient.visitNumber.isEmpty ? "mrn \(patient.mrn)" : "visit \(patient.visitNumber)"
  }

  /// `09:30`.
  package var clock: String {
    let hour = minuteOfDay / 60
    let minute = minuteOfDay % 60
    return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
  }
}

/// The appointments of one day, by time.
package struct DaySchedule: Sendable, Hashable {
  /// The result of an import.
  package struct Changes: Sendable, Hashable {
    package var added = 0
    package var changed = 0
    package var same = 0
    /// Appointments of an earlier file that this file lacks; they are kept.
    package var notInFile = 0

    package init() {}

    package var isNothing: Bool { added == 0 && changed == 0 }
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
    }
    return schedule
  }

  /// Adds the new appointments of a file and replaces the changed ones.
  package mutating func take(_ found: [Appointment]) -> Changes {
    var changes = Changes()
    var places: [String: Int] = [:]
    for (place, appointment) in appointments.enumerated() {
      places[appointment.key] = places[appointment.key] ?? place
    }
    var missing = Set(places.keys)
    for appointment in found {
      let key = appointment.key
      missing.remove(key)
      if let place = places[key] {
        if appointments[place] == appointment {
          changes.same += 1
        } else {
          appointments[place] = appointment
          changes.changed += 1
        }
      } else {
        places[key] = appointments.count
        appointments.append(appointment)
        changes.added += 1
      }
    }
    changes.notInFile = missing.count
    sort()
    return changes
  }

  private mutating func sort() {
    appointments =
      appointments.map { (key: $0.key, appointment: $0) }
      .sorted { left, right in
        let (minute, other) = (left.appointment.minuteOfDay, right.appointment.minuteOfDay)
        return minute != other ? minute < other : left.key < right.key
      }
      .map(\.appointment)
  }
}
