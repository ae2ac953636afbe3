import Core
import Playground
import Sessions

// Sets of columns, in the store, on the recorder's thread.

extension Recorder {
  /// - Parameter seconds: now, since 1970.
  func perform(_ request: ColumnSetRequest, at seconds: Double) {
    withStore(isAsked: true) { recorder, store in
      switch request {
      case .list: recorder.mailbox.post(.columnSetsListed(try store.columnSets()))
      case .save(let set): try store.saveColumnSet(set, at: seconds)
      case .delete(let name): try store.deleteColumnSet(named: name)
      }
    }
  }
}
