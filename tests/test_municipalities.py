from esf_desktop.municipalities import all_municipalities, by_code, by_name, counties


def test_the_region_has_fifteen_and_fourteen_municipalities() -> None:
    names = [m.county for m in all_municipalities()]
    assert names.count("Västerbottens län") == 15
    assert names.count("Norrbottens län") == 14


def test_codes_tell_the_county_and_stand_once_in_order() -> None:
    codes = [m.code for m in all_municipalities()]
    assert codes == sorted(set(codes))
    assert all((m.county == "Västerbottens län") == m.code.startswith("24") for m in all_municipalities())


def test_each_is_found_by_its_code_and_its_name() -> None:
    for municipality in all_municipalities():
        assert by_code(municipality.code) is municipality
        assert by_name(municipality.name.upper()) is municipality


def test_the_name_may_be_followed_by_the_word_for_municipality() -> None:
    for name in ("Malå kommun", "Lycksele kommun", "Skellefteå kommun", "Pajala kommun", " Luleå "):
        found = by_name(name)
        assert found
        assert name.strip().startswith(found.name)
    genitive = by_name("Bodens kommun")
    assert genitive
    assert genitive.name == "Boden"


def test_unknown_ones_are_not_guessed() -> None:
    assert by_code("0180") is None
    assert by_name("Sundsvall") is None
    assert by_name("") is None


def test_middle_points_lie_in_the_region() -> None:
    for municipality in all_municipalities():
        assert 63 < municipality.latitude < 69
        assert 15 < municipality.longitude < 25


def test_counties_are_told_once_and_unknown_codes_are_left_out() -> None:
    assert counties(("2580", "2418", "2505", "9999")) == ("Västerbottens län", "Norrbottens län")
    assert counties(()) == ()
