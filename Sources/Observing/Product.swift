// SPDX-License-Identifier: Apache-2.0

/// What this build is called; client and server share it, since they are one binary.
package enum Product {
    /// As https://semver.org has it.
    package static let version = "0.1.0"
}
