import InfusionRecord
import RecorderUI
import SessionStore

/// Patients over all days: who they are, and all visits of one.
extension EventLoop {
  /// Reads the openings of all sessions once. The index is compared first: it decides who is found.
  mutating func findPatients(_ text: String) {
    let standing = state.standing
    ask(.asking) { access in
      do throws(StoreError) {
        try access.store.checkLists()
        let openings = try access.store.openings()
        return { loop in
          if loop.isStill(standing) { loop.state.take(openings: openings, finding: text) }
        }
      } catch {
        return { loop in loop.state.say(Notice(.refused, error.sentence)) }
      }
    }
  }

  /// Shows all visits of a patient. That the user looks at each is audited.
  mutating func readVisits(of patient: PatientIdentity) {
    let standing = state.standing
    ask(.asking) { access in
      do throws(StoreError) {
        let visits = try access.store.visits(of: patient.mrn)
        return { loop in
          if loop.isStill(standing) { loop.perform(loop.state.take(visits: visits, of: patient)) }
        }
      } catch {
        return { loop in loop.state.say(Notice(.refused, error.sentence)) }
      }
    }
  }
}
