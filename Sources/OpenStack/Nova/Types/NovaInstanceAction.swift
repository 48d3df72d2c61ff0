// SPDX-License-Identifier: Apache-2.0

extension Nova {
    /// What was done to a server, by whom and when; it is still there after the server is gone.
    package struct InstanceAction: Codable, Hashable, Sendable {
        /// What was asked for: `create`, `delete`, `stop`, `reboot`.
        package var action: String
        /// That of the answer to the call that asked for it.
        package var requestID: String
        package var userID: String?
        package var startTime: String?
        package var updatedAt: String?
        /// `Error` when it failed.
        package var message: String?
        /// In a single action only.
        package var events: [Event]?

        enum CodingKeys: String, CodingKey {
            case action, message, events
            case requestID = "request_id"
            case userID = "user_id"
            case startTime = "start_time"
            case updatedAt = "updated_at"
        }

        /// One part of it.
        package struct Event: Codable, Hashable, Sendable {
            package var event: String
            package var startTime: String?
            package var finishTime: String?
            /// `Success` or `Error`; absent while it runs.
            package var result: String?

            enum CodingKeys: String, CodingKey {
                case event, result
                case startTime = "start_time"
                case finishTime = "finish_time"
            }
        }
    }
}
