# ruff: noqa: E501, C405, RUF005 (lists of words, as they are read)
"""Invented people with the naming habits of nine regions, and how lists disfigure their names.

Everything comes from a seed. Nothing is taken from the tables of the project: what is measured must
not have been written by what is measured. The lists of name parts are common words of each habit, in
the order of how often they are met; rare names are built of syllables, so that the long tail of real
registers is there.

    python bench/people.py [COUNT] [SEED]      prints some, with their disfigured forms
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

SHARES = {
    "jawa": 0.38,
    "sunda": 0.14,
    "madura": 0.04,
    "batak": 0.07,
    "minang": 0.06,
    "melayu": 0.12,
    "bali": 0.03,
    "bugis": 0.08,
    "timur": 0.08,
}


def _w(text: str) -> list[str]:
    return text.split()


ARABIC_M = _w(
    "Muhammad Ahmad Abdul Nur Syaiful Zainal Ali Hasan Husein Ibrahim Ismail Yusuf Umar Usman Fauzi "
    "Rizki Taufik Hidayat Rahman Arif Hakim Firdaus Iqbal Ridwan Fadli Irfan Ilham Syamsul Mahmud "
    "Anwar Amir Amin Salim Farid Faisal Fajar Akbar Lutfi Zulkifli Rahmat Burhan Karim Latif Aziz "
    "Khairul Bahrul Saiful Syarif Jamal Kamal Nasir Hamid Rasyid Mansur Sulaiman Idris Yunus Luqman "
    "Harun Musa Yahya Zakaria Imran Khalid Hamzah Bilal Anas Munir Basri Fahmi Hanafi Syafii Maliki "
    "Habibi Muslim Muhtar Mukhlis Mustafa Masduki Marzuki Makmur Nawawi Qomar Rofiq Sahal Tamrin "
    "Wahid Wildan Zaki Zubair Azhar Asrul Ansori Baharuddin Jalaluddin Kamaruddin Nasruddin Syarifuddin "
    "Zainuddin Fakhruddin Nuruddin Sirajuddin Badruddin Alimuddin Hasanuddin Jamaluddin Saifuddin "
    "Syamsuddin Burhanuddin Muhyiddin Samsuddin Abdurrahman Abdullah Abdurrahim Fathurrahman Habiburrahman"
)
DIVINE = _w(
    "Rahman Rahim Malik Aziz Karim Hakim Latif Hamid Majid Wahab Razak Fatah Ghani Halim Salam Rasyid "
    "Jabbar Qodir Rauf Gafur Kadir Manan Syukur Basir Mukti Hafiz Wahid Samad Jalil Haris Mutalib"
)
ARABIC_F = _w(
    "Siti Nur Nurul Fatimah Aisyah Khadijah Zainab Maryam Halimah Aminah Fitri Fitriani Rahmawati "
    "Hidayah Hasanah Jannah Laila Azizah Salamah Rohmah Mufidah Istiqomah Maesaroh Komariah Rukmini "
    "Zahra Safitri Aini Nuraini Nurhayati Nurlaila Nurjanah Nurhasanah Nurhidayah Sakinah Munawaroh "
    "Mardiyah Masitoh Habibah Latifah Rofiah Sofiah Syarifah Ulfa Umi Kalsum Yuliana Khasanah Qomariyah "
    "Rohani Rosidah Salma Soleha Zubaidah Zuhriah Fauziah Faridah Farida Hamidah Juwariyah Kholifah "
    "Ma'rifah Nafisah Najwa Rabiatul Adawiyah Badriyah Maimunah Nadhifah Khairunnisa Annisa Nisa"
)
JAWA_M = _w(
    "Agus Bambang Budi Eko Joko Slamet Heru Hadi Dwi Tri Wahyu Teguh Sigit Sugeng Edi Rudi Heri Yudi "
    "Andi Hendra Hari Iwan Didik Arif Anang Catur Danang Dedi Denny Dimas Bayu Aditya Galih Gatot Gunawan "
    "Imam Indra Irawan Jarwo Kuncoro Kurniawan Lukman Mulyono Nanang Nugroho Purnomo Purwanto Rahmat "
    "Rianto Setyo Setiawan Suryo Tono Totok Triyono Untung Wawan Widodo Yanto Yoga Yulianto Bagus Adi "
    "Pandu Prasetyo Satria Wisnu Arya Panji Rangga Surya Candra Cahyo Nugraha Aries Febri Novan Okta"
)
JAWA_F = _w(
    "Sri Endang Tri Dwi Dewi Ratna Rini Yuni Wahyu Siti Eni Ani Titik Retno Lestari Indah Ika Dian Ayu "
    "Fitri Novi Rina Lilis Sari Wiwik Sulis Umi Nanik Tutik Ningsih Erna Esti Evi Heni Ida Ismi Kartika "
    "Kusuma Maya Mega Nita Nunung Puji Puspita Rahayu Ratih Riska Rohani Sekar Septi Utami Vera Wulan "
    "Yanti Yeni Yulia Anggi Anggun Arum Astri Bekti Citra Desi Diah Dyah Elok Hesti Intan Kinanti Laras"
)
JAWA_LAST = _w(
    "Santoso Wibowo Setiawan Nugroho Prasetyo Susanto Kurniawan Hidayat Wijaya Saputra Utomo Purnomo "
    "Widodo Hartono Sutrisno Raharjo Prabowo Suryanto Handoko Wahyudi Subagyo Riyanto Harjanto Supriyadi "
    "Haryanto Yulianto Budiman Cahyono Darmawan Gunawan Iskandar Kuncoro Mulyono Nurcahyo Pamungkas "
    "Pratama Pribadi Sasongko Sulistyo Triatmojo Wicaksono Widiatmoko Winarno Yuwono Adiputra Baskoro "
    "Hermawan Irawan Kusumo Laksono Mardiyanto Permadi Rahmadi Siswanto Tjahyono Waluyo Adinugroho"
)
JAWA_LAST_F = _w(
    "Lestari Rahayu Wahyuni Handayani Ningsih Utami Astuti Purwanti Wulandari Hastuti Susanti Mulyani "
    "Setyowati Widyastuti Puspitasari Kusumawati Rahmawati Indrawati Yuliani Sulistyowati Hartati Hidayati "
    "Kurniasih Purwaningsih Setyaningsih Sari Dewi Maharani Anggraeni Permatasari Fatmawati Suryani "
    "Suprihatin Yuniarti Nuraini Widayati Mawarni Larasati Kartikasari Pratiwi Pertiwi Oktaviani Novitasari"
)
SU = _w(
    "tris gi par kar war her mar nar pri rat yat har wan tik dir jat ger hart ript dar lis gen bag wit tar "
    "ban brot kam kir lam mad mit mul nart pad pen pon rip ros san set sil tej tom trim wand wig yan yit "
    "das gim kam min mir nard pad rah rat roy sen tar tri tum war wad yadn yud zan"
)
SU_M = _w("no man to di yo wo ji mo jo adi anto ono ardi iyanto")
SU_F = _w("ti ni nah sih mi wati yem ningsih rini anti iyah inah")
HEAD = _w(
    "Kusuma Wijaya Atmo Sastro Wiryo Harjo Kerto Noto Prawiro Surya Puro Darmo Mangku Cokro Joyo Marto "
    "Reso Resi Sumo Tirto Warso Yudo Adi Brata Danu Hadi Karto Pura Purwo Setyo Singo Sindu Tanu Wongso"
)
TAIL = _w(
    "kusumo wijoyo negoro diharjo miharjo sumarto suwito prawiro wardoyo winoto sudarmo atmojo saputro "
    "utomo diningrat taruno prayitno rejo kusuma dinata sentono suharjo waluyo wibowo subroto"
)
SUNDA_M = _w(
    "Asep Dadang Ujang Cecep Dede Deden Deni Didin Endang Engkus Entis Iwan Jajang Maman Nandang Oman "
    "Rahmat Rudi Tatang Toto Ujang Undang Usep Wawan Yayan Yayat Yana Yudi Aang Aceng Agus Ahmad Aep Ade "
    "Andri Ateng Cucu Cepi Dadan Dudung Encep Eman Gugun Hendi Ihsan Ikin Jaja Kosasih Kusnadi Lili Mamat "
    "Mumuh Nana Opik Pepen Ridwan Sopian Suherman Tata Tedi Tisna Uus Wahyu Yaya Yusup Zaenal"
)
SUNDA_F = _w(
    "Neneng Euis Iis Imas Lilis Ai Eti Cucu Dede Elis Enok Entin Eulis Ida Iim Ika Iyah Kokom Mimin Nani "
    "Neng Nina Nining Nunung Oneng Popon Rina Rita Siti Susi Tati Teti Titin Tuti Wiwin Yani Yeti Yoyoh "
    "Yuyun Ade Ani Dewi Dian Erna Fitri Heni Ipah Lia Mila Nur Rani Ratna Sari Tini Wulan Yuli"
)
SUNDA_LAST = _w(
    "Hidayat Suryana Supriatna Permana Nugraha Kurnia Setiawan Gunawan Mulyana Sutisna Sudrajat Suherman "
    "Rohmat Hermawan Kusnadi Sopandi Ramdani Saepudin Wahyudin Komarudin Jaenudin Somantri Sunarya "
    "Rustandi Wiguna Suparman Iskandar Koswara Sumarna Sukmana Rukmana Purnama Sonjaya Natawijaya "
    "Kartawijaya Wirahadikusuma Suriadiredja Danuwijaya Atmadja Sasmita Kusumah Gumilar Ginanjar Firmansyah"
)
SUNDA_LAST_F = _w(
    "Nurhayati Rohaeni Sumiati Kurniasih Rahmawati Komalasari Suryani Herawati Rosmiati Mulyati Nurjanah "
    "Kartini Suhartini Yulianti Sulastri Hasanah Marlina Nurlela Sukaesih Rostini Widaningsih Juariah "
    "Kartika Lisnawati Oktaviani Permatasari Puspita Rosdiana Setiawati Susilawati Wulansari Yuningsih"
)
MARGA = _w(
    "Siregar Nasution Harahap Hasibuan Lubis Simanjuntak Sinaga Situmorang Silalahi Manurung Sitorus "
    "Simatupang Hutagalung Hutapea Panjaitan Pardede Pasaribu Purba Saragih Siahaan Sihombing Simbolon "
    "Sitompul Tampubolon Tarigan Ginting Sembiring Karokaro Perangin-angin Batubara Dalimunthe Daulay "
    "Gultom Limbong Lumbantobing Marpaung Matondang Naibaho Nababan Nainggolan Napitupulu Pakpahan Pane "
    "Rambe Rangkuti Ritonga Sagala Samosir Sibarani Siburian Sidabutar Sihotang Sianturi Sirait Tambunan "
    "Togatorop Turnip Butarbutar Aritonang Banjarnahor Damanik Hutabarat Hutasoit Manik Munthe Pohan"
)
BATAK_M = _w(
    "Jhon Parlindungan Binsar Togar Tumpal Mangasi Maruli Poltak Ramses Sahat Saut Tigor Hotman Jonner "
    "Bonar Bangun Budi Charles Daniel David Edison Erwin Ferdinand Freddy Gomgom Halomoan Hendra Henry "
    "Herbert Hotma Immanuel Jefri Johannes Jonathan Josua Kristian Leonard Lamhot Mangapul Marihot Marulak "
    "Monang Pantas Paruhum Patar Rikardo Robert Robinson Roy Rudolf Samuel Sabar Togu Torang Wilson"
)
BATAK_F = _w(
    "Rosmaida Tiurma Tiodora Lamtiur Lasma Rouli Hotmauli Duma Bertha Christina Debora Delima Desi Dina "
    "Elfrida Elisabeth Ernita Esther Friska Herlina Ida Jojor Juliana Kristina Lamria Lastri Lenny Lidia "
    "Magdalena Maria Marlina Martha Melva Nurhaida Nurmala Rasmi Riama Ribka Riris Roma Romauli Rosdiana "
    "Rosinta Rotua Ruth Santi Sarma Sinta Sondang Sri Tetty Theresia Tiarma Uli Valentina Veronika Yohana"
)
MINANG_M = _w(
    "Afrizal Syafrizal Yulius Zulfikar Yuhendri Hendri Erizal Rizal Asrizal Jasrial Masrizal Nasrul Syahrul "
    "Zulkarnain Irwan Ikhsan Ilham Delfi Desrizal Efrizal Emrizal Fauzan Ferizal Hamdani Indra Irzal Jufri "
    "Khairul Mardison Martias Mawardi Mulyadi Nofrizal Novrianto Rusdi Ronaldi Syafri Syafruddin Taufik "
    "Yasril Yendri Yosrizal Yusrizal Zainal Zaidir Zulhendri Zulfahmi Arman Armen Azwar Basrizal Dasril"
)
MINANG_F = _w(
    "Yusnita Yulinar Yenti Yelfi Yarnis Wirdanelis Welmi Sri Syamsiar Rosnida Rosmiati Refni Rahmi Novi "
    "Nofriyanti Nelfi Murniati Mimi Mardiana Lusi Lisna Ermawati Elvi Elmiati Dewi Desmawati Delvi Asmawati "
    "Arnis Afni Zuraida Zulfa Zulbaidah Yurnalis Yulia Fitra Fitri Gusnita Gusmawati Hasnah Hasnida Ida Indrawati"
)
MINANG_LAST = _w(
    "Chaniago Koto Piliang Tanjung Sikumbang Caniago Jambak Guci Putra Putri Yanti Syah Efendi Ilyas Nasir "
    "Rahman Yusuf Anwar Amir Saputra Marlis Arifin Zein Bahar Syam Rusli Munir Idrus Jamal Asri Darwis"
)
MELAYU_M = _w(
    "Rusli Rusdi Zulkifli Hamdan Hermansyah Iskandar Jamaluddin Kamaruddin Khairuddin Mahyuddin Marzuki "
    "Misran Muhtar Nasruddin Ramli Rahmadi Razali Saiful Sulaiman Syahrial Syahrul Tarmizi Usman Yusri "
    "Zainuddin Zamzami Zulfan Agussalim Akhyar Anwar Armia Azhari Bukhari Darwis Fakhrurrazi Hasbi Ibnu "
    "Ikhwan Irwandi Mukhlis Munawar Mursalin Mustafa Nazaruddin Safrizal Saifuddin Syafruddin Syamsuddin"
)
MELAYU_LAST = _w(
    "Syah Harun Yusuf Ibrahim Ismail Ali Hasan Husin Amin Ahmad Daud Idris Jalil Karim Mahmud Nur Rahman "
    "Saleh Umar Usman Yakub Zakaria Arsyad Basri Effendi Fahmi Gani Hamid Ilyas Jafar Kasim Lubis Nasution"
)
BALI_ORDER_M = _w("Wayan Made Nyoman Ketut Putu Gede Kadek Komang Nengah")
BALI_ORDER_F = _w("Wayan Made Nyoman Ketut Putu Kadek Komang Nengah Luh")
BALI_CASTE_M = [
    "I Gusti",
    "I Gusti Ngurah",
    "Ida Bagus",
    "Anak Agung",
    "I Dewa",
    "Cokorda",
    "Anak Agung Gede",
]
BALI_CASTE_F = [
    "I Gusti Ayu",
    "Ida Ayu",
    "Anak Agung Ayu",
    "Desak",
    "Cokorda Istri",
    "Dewa Ayu",
    "Ni Gusti Ayu",
]
BALI_M = _w(
    "Sudarma Suardana Sudiarta Suarta Suartana Sukarta Sumerta Suparta Suwitra Wirawan Wijaya Widiana Yasa "
    "Arnawa Artawan Astawa Budiarta Darma Dharma Eka Gunawan Jaya Karya Mahendra Mariana Merta Mudita Oka "
    "Pastika Parwata Putra Rai Raka Sanjaya Sedana Sudana Sugiarta Sukadana Sumantra Surya Sutama Sutarja "
    "Swastika Tirta Wardana Warsika Weda Widnyana Windia Winarta Wirya Yoga Adnyana Ardika Arimbawa Suastika"
)
BALI_F = _w(
    "Sukerti Suryani Wati Widiastuti Ariani Arini Asih Astini Ayuni Budiasih Candrawati Darmayanti Dewi "
    "Ekayanti Handayani Indrawati Juniari Kartini Lestari Mariani Megawati Murni Nariani Novianti Padmini "
    "Parwati Puspawati Rahayu Ratnadi Rusmini Sariani Savitri Seniasih Sriani Suarningsih Suciati Sulastri "
    "Sumiati Suparmi Sutarmi Trisna Utami Wahyuni Warsini Widari Widyani Wiryani Yanti Yuliani Yuniari"
)
BUGIS_M = _w(
    "Baharuddin Syamsuddin Jamaluddin Kamaruddin Muhammad Abdul Muh Andi Ambo Ahmad Alimuddin Amiruddin "
    "Arifuddin Asri Baso Burhanuddin Darwis Hasanuddin Haeruddin Hamzah Hasbi Herman Ibrahim Idris Iskandar "
    "Ismail Jafar Jumadi Kaharuddin Lukman Mansyur Mappasessu Mustamin Mustari Nasruddin Nurdin Patahuddin "
    "Rahman Rusdi Rustam Sabir Saharuddin Sainuddin Saparuddin Sudirman Sulaeman Sultan Suparman Sirajuddin "
    "Syahrir Syarifuddin Tajuddin Usman Yusran Zainuddin Mappanyukki Massere Mallarangan Pallawa Makkulau"
)
BUGIS_F = _w(
    "Nurhayati Nurlina Rosmini Rosdiana Hasnah Hasniati Hasmawati Hadijah Hajrah Hamsinah Herlina Indo Tenri "
    "Irmawati Jumriah Kartini Kasmawati Mardiana Marwah Masnah Maryam Murniati Nadirah Nirwana Nurbaya Nuraeni "
    "Nurhaedah Nursiah Rahmatia Ramlah Ramlawati Rasmi Rosmiati Rostina Rukiah Salmah Samsiah Sartika Sitti "
    "St Sukmawati Suriani Syamsiah Syamsinar Wahidah Yuliana Besse Bunga Bau Tenriola Fatmawati Fitriani"
)
TIMUR_M = _w(
    "Yohanes Petrus Paulus Fransiskus Antonius Agustinus Yosef Stefanus Markus Lukas Matius Andreas Yakobus "
    "Ignatius Alfonsius Aloysius Benediktus Bernardus Blasius Daniel Dominikus Donatus Eduardus Emanuel Ferdinandus "
    "Filipus Florianus Frans Fredrik Gabriel Gregorius Hendrikus Hermanus Hironimus Jefri Johan Jonas Karolus "
    "Klemens Kornelis Kristoforus Laurensius Leonardus Martinus Melkianus Mikael Nikolaus Oktovianus Robertus "
    "Samuel Simon Thomas Viktor Vinsensius Wilhelmus Yance Yanto Yermias Yonas Yulius Zakarias Ever Berthy"
)
TIMUR_F = _w(
    "Maria Yohana Theresia Kristina Elisabeth Margaretha Fransiska Anastasia Agnes Agustina Antonia Bernadeta "
    "Brigita Dorkas Ester Emiliana Ermelinda Febronia Florentina Helena Herlina Imelda Irene Katarina Kornelia "
    "Lidia Lusia Magdalena Marselina Marta Martha Meiske Melania Merry Monika Natalia Novita Oktaviana Paulina "
    "Petronela Regina Rosalia Rosina Selfina Serli Skolastika Susana Veronika Viktoria Yasinta Yosefina Yuliana"
)
TIMUR_LAST = _w(
    "Nahak Tefa Seran Bria Klau Lopo Nenohaynono Tnunay Benu Neolaka Fallo Manafe Ndoen Radja Lede Dapa Bili "
    "Kaka Ngongo Umbu Djawa Lango Wawo Lamapaha Tokan Kopong Ola Keraf Making Ama Beding Boli Tukan Pattiasina "
    "Latuconsina Tuasikal Matulessy Pattimura Sahetapy Souisa Talakua Tomasoa Wattimena Lekatompessy Manuputty "
    "Siahaya Salampessy Pelupessy Rumagia Kaunang Lumentut Mandagi Manoppo Mokoginta Momongan Pangemanan Rondonuwu "
    "Rumengan Runtuwene Sondakh Sumampouw Tumbelaka Walangitan Waworuntu Wenas Wowor Rumbiak Kambu Wanggai Mandacan "
    "Rumbewas Kafiar Yoku Ohee Wenda Kogoya Tabuni Enembe Murib Pigai Gobay Mote Dumupa Karubaba Rumaropen Korwa"
)
STEMS = _w(
    "Ar Bud Cahy Dam Dar Des Di Dwi Ek El Erl Erm Est Fad Far Fer Fir Fit Guna Had Har Hasn Hend Her Her Hes "
    "Ind Ir Irm Is Iw Jam Jul Jum Kas Khair Kusm Lest Lil Lis Lus Mail Mar Mas Maw Mel Mer Mir Mul Mur Must "
    "Nas Nel Nir Nop Nov Nur Nurl Nurm Nurs Okt Pur Put Rad Rahm Ram Ras Rat Ren Res Rin Ris Riz Rok Ros Rosn Rud "
    "Ruh Rus Sab Sah Sal Sam Sap Sar Sel Ser Set Sin Siswa Sof Son Sor Sub Sud Suh Suk Sul Sum Sun Sup Sur Sus "
    "Sut Suw Syah Syam Tar Tau Teg Tin Tit Trisn Tus Ul Um Un Us Ver Wah War Wat Wid Win Wir Yan Yas Yen Yul Yun Yus Zul"
)
ENDS_M = _w(
    "ianto adi yono anto iyadi ikin awan iman yana isman udin wan ijan izal ito iyono manto hadi aryo ansyah ardi "
    "endi indra iantoro idin onggo yatno niadi iandi yansyah irman arto omo ario iharto artono"
)
ENDS_F = _w(
    "iati iyanti ningsih wati ani iani aini iyah inah ini yani arti iasih elawati ita ina isa awaty iyana iarti "
    "laela yanah amah iyati astuti ianti anti elina iska idah aida imah asari ilawati niwati hastuti"
)
SYLLABLES = _w(
    "a ra ka ri no fa di za na la mi sa ta vi ya re ni da ma ki fi ha ro jo ze va il an ar el el is ad az ev "
    "nan dra fan dan lan ran gan tri dwi han van sya zha qi raf naf daf kei ken jes sel mel gio leo rei"
)

BEFORE_M = [
    "H.",
    "Drs.",
    "Ir.",
    "Drs. H.",
    "Dr.",
    "dr.",
    "Prof. Dr.",
    "H",
    "DRS.",
    "Ir. H.",
    "Dr. H.",
]
BEFORE_F = ["Hj.", "Dra.", "Ir.", "Dra. Hj.", "Dr.", "dr.", "Hj", "drg.", "Dr. Hj.", "Ns."]
AFTER = [
    "S.Pd", "S.E.", "S.H.", "S.Sos", "S.Kom", "M.Si", "M.Pd", "S.T.", "MM", "S.Ag", "S.Pd.I", "A.Md", "SE",
    "S.STP", "S.IP", "M.M.", "S.KM", "S.Kep", "Ns", "SH., MH", "S.Sos., M.Si", "SE, MM", "S.Pd., M.Pd",
    "ST., MT", "SSTP, MSi", "S.E., M.Ak", "S.Farm., Apt", "A.Md.Keb", "S.Pt", "S.P.", "S.Hut", "SPd", "Ssos Msi",
]  # fmt: skip
POSTS = _w("staf guru perawat bidan penyuluh analis bendahara camat lurah sekretaris") + [
    "kepala dinas", "kepala bidang", "kepala seksi", "kepala sekolah", "pengelola keuangan",
    "kepala subbagian", "pengawas sekolah", "auditor", "pranata komputer", "dokter",
]  # fmt: skip

MUHAMMAD = (
    ("Muhammad", 40), ("Mohammad", 14), ("Mochamad", 8), ("Muhamad", 10), ("Mohamad", 7), ("Moh.", 8),
    ("Muh.", 7), ("M.", 8), ("Moch.", 4), ("Mochammad", 3), ("Mukhammad", 1), ("Much.", 1), ("Mhd.", 2),
)  # fmt: skip
OTHER = {
    "Ahmad": ["Achmad", "Akhmad", "Ach.", "A."],
    "Abdul": ["Abd.", "Abdoel", "A."],
    "Rizki": ["Rizky", "Riski", "Rizqi", "Risky"],
    "Fauzi": ["Fauzy", "Fawzi", "Pauzi"],
    "Taufik": ["Taufiq", "Topik", "Taofik"],
    "Zainal": ["Zaenal", "Jaenal", "Zainal"],
    "Yusuf": ["Yusup", "Jusuf", "Yoesoef"],
    "Siti": ["Sitti", "St."],
    "Nur": ["Noer", "Noor"],
    "Rahmat": ["Rachmat", "Rohmat", "Rahmad"],
    "Edi": ["Edy", "Eddy"],
    "Heri": ["Hery", "Herry"],
    "Syaiful": ["Saiful", "Saeful"],
    "Theresia": ["Teresia", "Th."],
    "Fransiskus": ["Fransiscus", "Frans", "Fr."],
    "Yohanes": ["Johanes", "Johannes", "Yoh."],
    "Kristina": ["Christina"],
    "Arif": ["Arief", "Arip"],
    "Hasan": ["Hassan", "Chasan"],
    "Rahman": ["Rachman", "Rohman"],
    "Agustinus": ["Ag.", "Agust."],
    "Made": ["Md."],
    "Wayan": ["Wyn.", "Wy."],
    "Ketut": ["Kt."],
    "Putu": ["Pt."],
    "Gede": ["Gd.", "Gde"],
    "Nyoman": ["Nym."],
    "Gusti": ["Gst."],
    "Ngurah": ["Ngr."],
    "Bagus": ["Bgs."],
    "Andi": ["A."],
    "Dewi": ["Dewie", "Dewy"],
    "Yuliana": ["Juliana", "Yulianah"],
    "Joko": ["Djoko", "Jaka"],
    "Cahyo": ["Tjahjo", "Tjahyo"],
}
KEYS = {
    "a": "sqe", "b": "vn", "c": "xv", "d": "sf", "e": "wri", "f": "dg", "g": "fh", "h": "gj", "i": "uoe",
    "j": "hk", "k": "jl", "l": "ko", "m": "n", "n": "bm", "o": "ipu", "p": "o", "q": "wk", "r": "et",
    "s": "adz", "t": "ry", "u": "yio", "v": "cb", "w": "qe", "x": "zc", "y": "tui", "z": "xs",
}  # fmt: skip
SOUNDS = [
    ("f", "p"), ("p", "f"), ("v", "f"), ("z", "s"), ("z", "j"), ("sy", "s"), ("kh", "h"), ("q", "k"), ("i", "y"),
    ("y", "i"), ("dh", "d"), ("d", "dh"), ("th", "t"), ("ai", "ae"), ("ae", "ai"), ("dd", "d"), ("ss", "s"),
    ("ll", "l"), ("mm", "m"), ("ah", "a"), ("o", "u"), ("u", "o"), ("e", "i"), ("iy", "i"), ("ia", "iya"),
    ("ks", "x"), ("k", "ck"), ("sh", "s"), ("s", "ss"), ("n", "nn"),
]  # fmt: skip
OLD = [("u", "oe"), ("c", "tj"), ("ny", "nj"), ("sy", "sj"), ("j", "dj"), ("y", "j"), ("kh", "ch")]


MARKED = {each for each, _ in MUHAMMAD} | set(["Abdul", "I", "Ni", "Ida", "Anak", "Agung", "Gusti", "Ngurah", "Andi", "Daeng"]) | {
    *BALI_ORDER_M, *BALI_ORDER_F, "Siti", "St", "Sitti", "Teuku", "Cut", "Desak", "Dewa", "Cokorda", "Bagus"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    person_id: str
    name: str
    agency_code: str
    region_code: str
    birth_year: int
    post: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """One line of somebody's list; `truth` is the person, or "" when he is not in the register."""

    name: str
    agency_code: str
    region_code: str
    birth_year: int | None
    post: str
    truth: str


class _Drawn:
    """Draws from a list with Zipf's weights."""

    def __init__(self, words: Sequence[str], steep: float = 0.62) -> None:
        self.words = words
        self.steps = list(accumulate(1 / (place + 2) ** steep for place in range(len(words))))

    def __call__(self, rng: random.Random) -> str:
        return rng.choices(self.words, cum_weights=self.steps)[0]


_LISTS: dict[int, _Drawn] = {}


def _draw(rng: random.Random, words: Sequence[str]) -> str:
    found = _LISTS.get(id(words))
    if found is None:
        found = _LISTS[id(words)] = _Drawn(words)
    return found(rng)


def _rare(rng: random.Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.choice((2, 3, 3, 3, 4)))).capitalize()


def _derived(rng: random.Random, male: bool) -> str:
    """A word of the middle of the list: some thousands, each seldom."""
    return _draw(rng, STEMS) + _draw(rng, ENDS_M if male else ENDS_F)


def _su(rng: random.Random, male: bool) -> str:
    start = rng.choice(
        ("Su", "Su", "Su", "Su", "Har", "Mar", "Sar", "Pur", "Nga", "Tu", "Wi", "Par", "Kas", "Mul")
    )
    return start + rng.choice(SU) + rng.choice(SU_M if male else SU_F)


def _muhammad(rng: random.Random) -> str:
    return rng.choices([word for word, _ in MUHAMMAD], [weight for _, weight in MUHAMMAD])[0]


def _arabic(rng: random.Random, male: bool) -> list[str]:
    if not male:
        first = _draw(rng, ARABIC_F)
        return [first] if rng.random() < 0.2 else [first, _draw(rng, ARABIC_F)]
    first = _draw(rng, ARABIC_M)
    if first == "Muhammad":
        return [_muhammad(rng), _draw(rng, ARABIC_M[3:])]
    if first == "Abdul":
        return [first, _draw(rng, DIVINE)]
    return [first] if rng.random() < 0.25 else [first, _draw(rng, ARABIC_M)]


def _jawa(rng: random.Random, male: bool) -> list[str]:
    kind = rng.random()
    if kind < 0.17:
        return [_su(rng, male)]
    if kind < 0.32:
        return _arabic(rng, male)
    first = _draw(rng, JAWA_M if male else JAWA_F)
    if kind < 0.39:
        return [first, rng.choice(HEAD) + rng.choice(TAIL)] if male else [first, _su(rng, male)]
    last = JAWA_LAST if male else JAWA_LAST_F
    if kind < 0.80:
        return [first, _draw(rng, last)]
    return [first, _draw(rng, JAWA_M if male else JAWA_F), _draw(rng, last)]


def _sunda(rng: random.Random, male: bool) -> list[str]:
    kind = rng.random()
    if kind < 0.2:
        return _arabic(rng, male)
    first = _draw(rng, SUNDA_M if male else SUNDA_F)
    last = _draw(rng, SUNDA_LAST if male else SUNDA_LAST_F)
    if kind < 0.3:
        return [first]
    if kind < 0.85:
        return [first, last]
    return [first, _draw(rng, ARABIC_M if male else ARABIC_F), last]


def _madura(rng: random.Random, male: bool) -> list[str]:
    if rng.random() < 0.25:
        return [_su(rng, male)]
    first = _muhammad(rng) if male and rng.random() < 0.25 else ""
    return [first, *_arabic(rng, male)] if first else _arabic(rng, male)


def _batak(rng: random.Random, male: bool) -> list[str]:
    given = [_draw(rng, BATAK_M if male else BATAK_F)]
    if rng.random() < 0.45:
        given.append(_draw(rng, BATAK_M if male else BATAK_F))
    elif rng.random() < 0.25:
        given = _arabic(rng, male)
    return [*given, _draw(rng, MARGA)]


def _minang(rng: random.Random, male: bool) -> list[str]:
    first = _draw(rng, MINANG_M if male else MINANG_F)
    kind = rng.random()
    if kind < 0.3:
        return [first]
    if kind < 0.45:
        return _arabic(rng, male)
    return [first, _draw(rng, MINANG_LAST)]


def _melayu(rng: random.Random, male: bool) -> list[str]:
    lead = _draw(
        rng,
        ["", "", "", "Teuku", "Said", "Tengku"] if male else ["", "", "", "Cut", "Syarifah", "Wan"],
    )
    if not male or rng.random() < 0.4:
        body = _arabic(rng, male)
    else:
        body = [_draw(rng, MELAYU_M)]
        if rng.random() < 0.65:
            body.append(_draw(rng, MELAYU_LAST))
    return [lead, *body] if lead and rng.random() < 0.2 else body


def _bali(rng: random.Random, male: bool) -> list[str]:
    names = BALI_M if male else BALI_F
    parts = [_draw(rng, names)]
    if rng.random() < 0.4:
        parts.append(_draw(rng, names))
    order = _draw(rng, BALI_ORDER_M if male else BALI_ORDER_F)
    if rng.random() < 0.3:
        caste = _draw(rng, BALI_CASTE_M if male else BALI_CASTE_F).split()
        return [*caste, *([order] if rng.random() < 0.6 else []), *parts]
    return ["I" if male else "Ni", order, *parts]


def _bugis(rng: random.Random, male: bool) -> list[str]:
    parts = [_draw(rng, BUGIS_M if male else BUGIS_F)]
    if (
        parts[0] in {"Muhammad", "Abdul", "Muh", "Andi", "Ahmad", "Sitti", "St"}
        or rng.random() < 0.35
    ):
        parts.append(_draw(rng, BUGIS_M[6:] if male else BUGIS_F[:40]))
    if rng.random() < 0.12:
        parts.insert(0, "Andi")
    if rng.random() < 0.04:
        parts += [
            "Daeng",
            _draw(rng, ["Ngalle", "Tata", "Sitaba", "Nai", "Rani", "Lurang", "Tompo", "Mattola"]),
        ]
    return parts


def _timur(rng: random.Random, male: bool) -> list[str]:
    given = [_draw(rng, TIMUR_M if male else TIMUR_F)]
    if rng.random() < 0.4:
        given.append(_draw(rng, TIMUR_M if male else TIMUR_F))
    return [*given, _draw(rng, TIMUR_LAST)]


HABITS: dict[str, Callable[[random.Random, bool], list[str]]] = {
    "jawa": _jawa,
    "sunda": _sunda,
    "madura": _madura,
    "batak": _batak,
    "minang": _minang,
    "melayu": _melayu,
    "bali": _bali,
    "bugis": _bugis,
    "timur": _timur,
}


def words_of(rng: random.Random, habit: str, male: bool) -> list[str]:
    """The words of one name; the youngest bear rare names more often than the eldest."""
    words = HABITS[habit](rng, male)
    if len(words) == 1 and rng.random() < (0.3 if habit in ("jawa", "madura") else 0.62):
        words.append(_draw(rng, ARABIC_M if male else ARABIC_F))
    for place in range(len(words)):
        own = words[place] in MARKED or (habit in ("batak", "timur") and place == len(words) - 1)
        if not own and rng.random() < 0.24:
            words[place] = _derived(rng, male)
    if len(words) > 1 and rng.random() < 0.13:
        words[rng.randrange(len(words) - 1) if habit in ("batak", "timur") else -1] = _rare(rng)
    if rng.random() < 0.07:
        words.insert(rng.randrange(1, len(words) + 1), _rare(rng))
    place = rng.randrange(len(words))
    if words[place] in OTHER and rng.random() < 0.25:
        words[place] = rng.choice(OTHER[words[place]])
    return words


def _agencies(rng: random.Random, count: int) -> list[tuple[str, str, str, float]]:
    """Code, region, home habit, weight: nine in ten are regional, the ministries are larger."""
    habits, weights = list(SHARES), list(SHARES.values())
    out = []
    for number in range(count):
        central = number % 8 == 0
        region = "00" if central else f"{11 + number % 38}.{1 + number // 38:02d}"
        size = rng.lognormvariate(0.6 if central else 0.0, 0.6)
        out.append(
            (f"A{number:03d}", region, "" if central else rng.choices(habits, weights)[0], size)
        )
    return out


def population(count: int, seed: int, agencies: int = 640) -> list[Person]:
    """So many invented officials. Titles stand in about a third of the names, as in real lists."""
    rng = random.Random(f"people {seed}")
    offices = _agencies(random.Random(f"agencies {seed}"), agencies)
    steps = list(accumulate(size for *_, size in offices))
    habits, shares = list(SHARES), list(accumulate(SHARES.values()))
    out = []
    for number in range(count):
        code, region, home, _ = rng.choices(offices, cum_weights=steps)[0]
        habit = home if home and rng.random() < 0.75 else rng.choices(habits, cum_weights=shares)[0]
        male = rng.random() < 0.48
        name = " ".join(words_of(rng, habit, male))
        if rng.random() < 0.35:
            name = _with_titles(rng, name, male)
        if rng.random() < 0.3:
            name = name.upper()
        year = min(2004, max(1961, int(rng.gauss(1981, 9))))
        out.append(Person(f"P{number:07d}", name, code, region, year, _draw(rng, POSTS)))
    return out


def _with_titles(rng: random.Random, name: str, male: bool) -> str:
    if rng.random() < 0.35:
        name = f"{rng.choice(BEFORE_M if male else BEFORE_F)} {name}"
    if rng.random() < 0.85:
        after = rng.choice(AFTER)
        name += rng.choice((", ", ", ", ", ", " ")) + after
    return name


_BEFORE = {each.upper().rstrip(".") for each in " ".join(BEFORE_M + BEFORE_F).split()}
_AFTER = {each.upper() for text in AFTER for each in text.replace(",", " ").split()}


def core(name: str) -> str:
    """The words of a generated name without the titles that `population` may have added."""
    words = name.split(",")[0].split()
    while len(words) > 1 and words[0].upper().rstrip(".") in _BEFORE:
        words = words[1:]
    while len(words) > 1 and words[-1].upper() in _AFTER:
        words = words[:-1]
    return " ".join(words)


def disfigured(rng: random.Random, name: str) -> str:
    """The name as another list may have it: spelling, abbreviations, typing, order, titles."""
    words = [
        word.capitalize() if word.isupper() and len(word) > 2 else word
        for word in core(name).split()
    ]
    words = _dropped(rng, words)
    words = [_respelt(rng, word) for word in words]
    if rng.random() < 0.06:
        words = [_old(word) for word in words]
    if len(words) > 1 and rng.random() < 0.09:
        place = rng.randrange(len(words))
        words[place] = words[place][0] + rng.choice((".", ".", ""))
    words = _spaced(rng, words)
    for _ in range(rng.choices((0, 1, 2), (78, 18, 4))[0]):
        place = max(range(len(words)), key=lambda at: len(words[at]) * rng.random())
        words[place] = _typed(rng, words[place])
    if len(words) > 1 and rng.random() < 0.04:
        words = [*words[1:], words[0]]
    text = " ".join(words)
    if rng.random() < 0.45:
        text = _with_titles(rng, text, rng.random() < 0.6)
    return rng.choices((text, text.upper(), text.lower()), (55, 30, 15))[0]


def _dropped(rng: random.Random, words: list[str]) -> list[str]:
    if words[0] in ("I", "Ni") and len(words) > 1 and rng.random() < 0.4:
        words = words[1:]
    if words[0] in ("Andi", "Gusti") and len(words) > 2 and rng.random() < 0.2:
        words = words[1:]
    if len(words) > 2 and rng.random() < 0.12:
        place = rng.randrange(1, len(words))
        return words[:place] + words[place + 1 :]
    if len(words) == 2 and rng.random() < 0.02:
        return words[:1]
    return words


def _respelt(rng: random.Random, word: str) -> str:
    if word.rstrip(".") in [each.rstrip(".") for each, _ in MUHAMMAD]:
        return _muhammad(rng) if rng.random() < 0.45 else word
    if word in OTHER and rng.random() < 0.35:
        return rng.choice(OTHER[word])
    if rng.random() < 0.08 and len(word) > 3:
        lower = word.lower()
        fits = [pair for pair in SOUNDS if pair[0] in lower]
        if fits:
            return lower.replace(*rng.choice(fits), 1).capitalize()
    return word


def _old(word: str) -> str:
    lower = word.lower()
    for new, old in OLD:
        lower = lower.replace(new, old.upper())
    return lower.lower().capitalize()


def _spaced(rng: random.Random, words: list[str]) -> list[str]:
    if len(words) > 1 and rng.random() < 0.04:
        place = rng.randrange(len(words) - 1)
        joined = words[place].rstrip(".") + words[place + 1].lower()
        return [*words[:place], joined, *words[place + 2 :]]
    if rng.random() < 0.02:
        place = max(range(len(words)), key=lambda at: len(words[at]))
        word = words[place]
        for head in ("Nur", "Abdul", "Siti", "Tri", "Dwi", "Su"):
            if word.startswith(head) and len(word) > len(head) + 3:
                return [*words[:place], head, word[len(head) :].capitalize(), *words[place + 1 :]]
    return words


def _typed(rng: random.Random, word: str) -> str:
    if len(word) < 4:
        return word
    place = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(5)
    if kind == 0:
        return word[:place] + word[place + 1 :]
    if kind == 1:
        return word[:place] + word[place] + word[place:]
    if kind == 2:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if kind == 3:
        return word[:place] + rng.choice(KEYS.get(word[place].lower(), "e")) + word[place:]
    return word[:place] + rng.choice(KEYS.get(word[place].lower(), "e")) + word[place + 1 :]


def sightings(
    people: Sequence[Person], count: int, seed: int, strangers: float = 0.0
) -> list[Sighting]:
    """Lines of a list about people of the register, and so large a share of people outside it.

    The agency is known for 85 % (5 % of these moved since), the year of birth for 60 % (3 % a year
    off, 1 % wrong), the post for 40 % (half of these promoted since).
    """
    rng = random.Random(f"sightings {seed}")
    outside = population(max(1, int(count * strangers)), seed + 7_919) if strangers else []
    codes = sorted({(person.agency_code, person.region_code) for person in people[:200_000]})
    picked = [(person, person.person_id) for person in rng.sample(people, count - len(outside))]
    picked += [(person, "") for person in outside]
    rng.shuffle(picked)
    return [_sighting(rng, person, truth, codes) for person, truth in picked]


def _sighting(
    rng: random.Random, person: Person, truth: str, codes: list[tuple[str, str]]
) -> Sighting:
    agency, region = person.agency_code, person.region_code
    if rng.random() < 0.05:
        agency, region = rng.choice(codes)
    if rng.random() < 0.15:
        agency = ""
    if rng.random() < 0.3:
        region = ""
    year: int | None = person.birth_year
    luck = rng.random()
    if luck < 0.4:
        year = None
    elif luck < 0.418:
        year = person.birth_year + rng.choice((-1, 1))
    elif luck < 0.424:
        year = rng.randrange(1961, 2004)
    post = person.post if rng.random() < 0.5 else rng.choice(POSTS)
    return Sighting(
        disfigured(rng, person.name),
        agency,
        region,
        year,
        post if rng.random() < 0.4 else "",
        truth,
    )


def with_context(people: Sequence[Person], lines: Sequence[Sighting], seed: int) -> list[Sighting]:
    """The same lines, each with an agency and a year of birth (an accused, a candidate): those that
    lacked them get those of the register, 5 % another agency, 2 % a year beside."""
    rng = random.Random(f"context {seed}")
    wanted = {line.truth for line in lines}
    of = {person.person_id: person for person in people if person.person_id in wanted}
    codes = sorted({person.agency_code for person in people[:200_000]})
    out = []
    for line in lines:
        person = of.get(line.truth)
        agency, year = line.agency_code, line.birth_year
        if not agency:
            agency = person.agency_code if person and rng.random() > 0.05 else rng.choice(codes)
        if year is None:
            year = person.birth_year if person else rng.randrange(1961, 2004)
            year += rng.choices((0, 1, -1), (98, 1, 1))[0]
        out.append(replace(line, agency_code=agency, birth_year=year))
    return out


if __name__ == "__main__":
    shown = population(
        int(sys.argv[1]) if len(sys.argv) > 1 else 30, int(sys.argv[2]) if len(sys.argv) > 2 else 1
    )
    chance = random.Random(1)
    for someone in shown:
        print(
            f"{someone.name:<45} {someone.agency_code} {someone.birth_year}  {disfigured(chance, someone.name)}"
        )
