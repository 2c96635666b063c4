package import InfusionRecord
package import RecorderUI

/// The appointments that the screens show and cancel.
package protocol AppointmentBook {
  /// The patients who are expected on a day, without cancelled appointments.
  func expectedPatients(on day: CivilDate) -> [ExpectedPatient]

  /// Why the appointments of a day cannot be read, as a sentence for the user; nil if they can.
  func fault(on day: CivilDate) -> String?

  /// Cancels an appointment of a day.
  ///
  /// - Parameter permit: called before the change, which does not happen if it throws.
  /// - Throws: a sentence for the user if it is not there any more or cannot be written.
  func cancel(
    _ expected: ExpectedPatient, on day: CivilDate, permit: () throws -> Void
  ) throws
}
