// SPDX-License-Identifier: Apache-2.0

/// The reasons that every kind at a site gives in its conditions, so that each README explains them.
package enum SiteReasons {
    /// What a site's no comes to.
    package static let answers = ["Forbidden", "NotOffered", "Refused", "QuotaExceeded", "Throttled"]
    package static let imports = ["ImportNotFound", "ImportTaken", "ImportDiffers"]
    /// Of the condition `InSync`.
    package static let drift = ["InSync", "Drifted", "Corrected"]
    package static let all = answers + imports + drift
}
