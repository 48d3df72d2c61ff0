// SPDX-License-Identifier: Apache-2.0

package import OpenStack
package import Reconciling

/// What a failed call to OpenStack means for a pass.
extension OpenStackError: PassError {
    package var rejection: Rejection? {
        guard !isTransient else { return nil }
        return switch code {
        case .forbidden:
            Rejection(
                reason: "Forbidden",
                message: "\(message); ask the provider for the right, then change the object to try again",
                fixer: .provider)
        case .unsupported:
            Rejection(reason: "NotOffered", message: message, fixer: .provider)
        default:
            Rejection(
                reason: "Refused", message: "\(message); change the object's spec", fixer: .you)
        }
    }

    package var isNews: Bool { code != .unknownSite }

    package var diagnosis: Rejection? {
        switch code {
        case .quotaExceeded:
            Rejection(
                reason: "QuotaExceeded",
                message: "\(message); it is tried again from time to time: free some, or ask for more quota",
                fixer: .yourAdmin)
        case .throttled:
            Rejection(
                reason: "Throttled",
                message: "\(message); the site takes no more requests now, it goes on when the site says so",
                fixer: .provider)
        default: nil
        }
    }
}
