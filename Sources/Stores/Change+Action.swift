// SPDX-License-Identifier: Apache-2.0

package import JSONTree

extension Change {
    /// What the change does to what is at its key now, or why it may not: the one rule for every store.
    package func action(present: Revision?) throws(StoreError) -> StoreEvent.Action {
        let deletes = if case .delete = write { true } else { false }
        switch (expectation, present) {
        case (.absent, .some):
            throw .exists(key)
        case (.absent, nil):
            guard !deletes else { throw .notFound(key) }
            return .created
        case (.revision, nil):
            throw .notFound(key)
        case (.revision(let expected), .some(let present)):
            guard expected == present else { throw .conflict(key, present: present) }
            return deletes ? .deleted : .changed
        }
    }

    /// The bytes that the change's event carries.
    package var object: StoredObject {
        switch write {
        case .put(let object), .delete(let object): object
        }
    }
}
