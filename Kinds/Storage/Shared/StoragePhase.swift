// SPDX-License-Identifier: Apache-2.0

import OpenStack

/// What a volume or a snapshot is doing, in few words; Cinder has some thirty.
enum StoragePhase: String, Codable, Hashable, Sendable, CaseIterable {
    case pending = "Pending"
    case creating = "Creating"
    case available = "Available"
    case inUse = "InUse"
    case changing = "Changing"
    case deleting = "Deleting"
    case failed = "Failed"
    /// It was there once, and somebody deleted it at the site.
    case gone = "Gone"

    /// The phase of a thing that is there.
    init(_ status: Cinder.Volume.Status) {
        self =
            switch status {
            case .available: .available
            case .inUse: .inUse
            case .creating, "downloading": .creating
            case .deleting: .deleting
            default: status.isError ? .failed : .changing
            }
    }

    /// The phase of a thing that may not be there.
    init(_ status: Cinder.Volume.Status?, isGone: Bool) {
        self = status.map { StoragePhase($0) } ?? (isGone ? .gone : .pending)
    }
}
