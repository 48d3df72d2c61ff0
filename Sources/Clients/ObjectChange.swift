// SPDX-License-Identifier: Apache-2.0

package import Resources

/// What an informer tells its handlers.
package enum ObjectChange: Hashable, Sendable {
    case added(Object)
    case changed(old: Object, new: Object)
    /// The last that was heard of it.
    case deleted(Object)

    /// The object as it is now, or was last.
    package var object: Object {
        switch self {
        case .added(let object), .changed(_, let object), .deleted(let object): object
        }
    }
}
