"""The competition whole: programme, tender, questions, proposals, evaluation, decision, contract."""
