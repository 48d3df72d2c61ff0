// SPDX-License-Identifier: Apache-2.0

import Clients
import Resources

extension ObjectClient {
    /// Asks for a deletion; what is gone already is no error.
    func remove(_ type: ResourceType, _ key: ObjectKey) async throws {
        do {
            try await delete(type, key, DeleteOptions())
        } catch let error as APIError where error.reason == .notFound {
            // Gone is what was asked for.
        }
    }
}
