"""Small dumps in GeoNames' layout: 19 tab-separated columns in a zip, and the two code tables."""

import zipfile

CODES1 = "AF.23\tKandahar\tKandahar\t1\nPK.02\tBalochistan\tBalochistan\t2\n"
CODES2 = "PK.02.9\tZhōb\tZhob\t9\nPK.02.8\tNewland\tNewland\t8\nAF.23.7\tSpin\tSpin\t7\n"


def line(
    number, name, lat, lon, code="PPL", *, names="", country="PK", units=("02", "9"), people=0
):
    cells = [number, name, name, names, lat, lon, "A" if code[:3] == "ADM" else "P", code, country]
    return "\t".join(map(str, [*cells, "", *units, "", "", people, "", "", "Asia/Karachi", "2024"]))


PK = (
    line(1, "Zarkot", 31.35, 69.4, names="Zarkōt Khurd,Zar Kot Kalan,زرکوٹ"),
    line(2, "Zarkot", 33.0, 72.0, units=("02", "8")),
    line(9, "Zhōb", 31.3, 69.4, "ADM2"),
    line(8, "Newland", 33.0, 72.0, "ADM2", units=("02", "8")),
    line(3, "Tāza Kilī", 31.4, 69.5, units=("", "9")),
    line(4, "Big", 31.2, 69.3, people=200_000),
    line(5, "Torgate", 31.01, 66.4, names="Lent Name"),
    line(6, "A lake", 31.0, 69.0, "LK").replace("\tP\tLK", "\tH\tLK"),
)
AF = (line(10, "Maiwand", 31.7, 65.0, country="AF", units=("23", "7")),)


def write_dumps(folder, pk=PK, af=AF):
    folder.mkdir(exist_ok=True)
    for country, rows in (("PK", pk), ("AF", af)):
        with zipfile.ZipFile(folder / f"{country}.zip", "w") as archive:
            archive.writestr(f"{country}.txt", "".join(f"{row}\n" for row in rows))
    (folder / "admin1CodesASCII.txt").write_text(CODES1, encoding="utf-8")
    (folder / "admin2Codes.txt").write_text(CODES2, encoding="utf-8")
    return folder
