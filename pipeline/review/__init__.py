"""What reviewers remark on a report: gathered from returned files, kept by paragraph, answered in the next edition."""
