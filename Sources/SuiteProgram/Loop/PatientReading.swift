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

  /// Shows all visits of a patient, once the looks at them are kept.
  mutating func readVisits(of patient: PatientIdentity) {
    let standing = state.standing
    ask(.asking) { access in
      do throws(StoreError) {
        let visits = try access.store.visits(of: patient.mrn)
        return { loop in
          guard loop.isStill(standing) else { return }
          loop.keepLooks(at: loop.state.visible(visits, of: patient))
        }
      } catch {
        return { loop in loop.state.say(Notice(.refused, error.sentence)) }
      }
    }
  }

  /// Audits that the user looks at each visit, then shows them. If one look cannot be kept, nothing is shown.
  private mutating func keepLooks(at visits: [EventLog]) {
    let looks = state.looks(at: visits)
    guard !looks.isEmpty else {
      state.take(visits: visits)
      return
    }
    let (name, now, standing) = (state.actor.name, state.now, state.standing)
    ask(.asking) { access in
      do throws(StoreError) {
        for session in looks {
          try access.accessControl.audit(.viewed(session), by: name, at: now)
        }
        return { loop in
          if loop.isStill(standing) { loop.state.take(visits: visits) }
        }
      } catch {
        let failure = access.failure(error)
        return { loop in
          for session in looks {
            loop.state.leave(session, of: name, because: failure.error.sentence)
          }
          loop.take(failure)
        }
      }
    }
  }
}
