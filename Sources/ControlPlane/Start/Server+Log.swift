// SPDX-License-Identifier: Apache-2.0

import Logging

extension Server {
    /// The process's logger, which writes to the standard error so that the standard output is for people.
    static func logger(_ settings: Settings) -> Logger {
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = settings.logLevel
            return handler
        }
        return Logger(label: "scs")
    }
}
