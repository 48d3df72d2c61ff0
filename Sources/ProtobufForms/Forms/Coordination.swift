// SPDX-License-Identifier: Apache-2.0

extension CoordinationLease: ObjectForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        try form.part("metadata", metadata)
        try form.part("spec", spec)
    }
}

extension CoordinationLeaseSpec: JSONForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        form.text("holderIdentity", holderIdentity, isGiven: hasHolderIdentity)
        form.number("leaseDurationSeconds", leaseDurationSeconds, isGiven: hasLeaseDurationSeconds)
        try form.time("acquireTime", acquireTime)
        try form.time("renewTime", renewTime)
        form.number("leaseTransitions", leaseTransitions, isGiven: hasLeaseTransitions)
        form.text("strategy", strategy, isGiven: hasStrategy)
        form.text("preferredHolder", preferredHolder, isGiven: hasPreferredHolder)
    }
}
