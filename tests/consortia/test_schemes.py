"""Numbers of registers: taken as people write them, and never changed unseen."""

import pytest

from consortia.schemes import SCHEMES, NotANumber, number_of


@pytest.mark.parametrize(
    ("code", "typed", "number"),
    [
        ("GB-COH", "01234567", "01234567"),
        ("GB-COH", " sc 123456 ", "SC123456"),
        ("GB-COH", "GB-COH-01234567", "01234567"),
        ("GB-CHC", "1098765", "1098765"),
        ("GB-SC", "SC012345", "SC012345"),
        ("GB-LAE", "ken", "KEN"),
        ("GB-LAS", "ORK", "ORK"),
        ("GB-NHS", "rx1", "RX1"),
        ("GB-UKPRN", "10001234", "10001234"),
    ],
)
def test_a_number_is_written_as_its_register_does(code, typed, number):
    assert number_of(code, typed) == number


@pytest.mark.parametrize(
    ("code", "typed", "meant"),
    [
        ("GB-COH", "1234567", "01234567"),
        ("GB-COH", "42", "00000042"),
        ("GB-SC", "12345", "SC012345"),
        ("GB-SC", "SC12345", "SC012345"),
    ],
)
def test_left_out_zeros_are_offered_and_not_put_in_unseen(code, typed, meant):
    with pytest.raises(NotANumber, match=f"Did you mean {meant}"):
        number_of(code, typed)


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        ("GB-COH", "123456789"),
        ("GB-COH", "ABC12345"),
        ("GB-COH", "٠١٢٣٤٥٦٧"),
        ("GB-CHC", "12"),
        ("GB-LAE", "KENT!"),
        ("GB-UKPRN", "20001234"),
        ("GB-NIC", "<script>"),
    ],
)
def test_what_is_no_number_of_the_register_says_what_one_looks_like(code, typed):
    with pytest.raises(NotANumber, match="Enter the number as the register has it: "):
        number_of(code, typed)


def test_each_code_is_one_of_the_public_list():
    assert all(code.startswith("GB-") and len(code) <= 12 for code in SCHEMES)
