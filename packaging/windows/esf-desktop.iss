; Installs the frozen folder for one person or for all on Windows 10 and 11. Not tried yet: no Windows was at hand.
; Make the folder with pyinstaller build.spec, then, with the version in ESF_VERSION: iscc packaging\windows\esf-desktop.iss

#define Name "ESF Desktop"
#define Version GetEnv("ESF_VERSION")
#define Folder "..\..\dist\esf-desktop"
#define Icons "..\..\build\icons"

[Setup]
AppId={{6C7E3D54-52C2-4B8B-9C6C-3B0D5B5E9A10}
AppName={#Name}
AppVersion={#Version}
DefaultDirName={autopf}\{#Name}
DefaultGroupName={#Name}
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
SetupIconFile={#Icons}\esf-desktop.ico
UninstallDisplayIcon={app}\esf-desktop.exe
OutputDir=..\..\build\packages
OutputBaseFilename=esf-desktop-{#Version}-windows-x64
Compression=lzma2
SolidCompression=yes
WizardStyle=modern

[Languages]
Name: "sv"; MessagesFile: "compiler:Languages\Swedish.isl"
Name: "en"; MessagesFile: "compiler:Default.isl"

[CustomMessages]
sv.Call=Utlysningspaket för ESF+
en.Call=ESF+ call package
sv.Bundle=Signerat bedömningspaket för ESF+
en.Bundle=Signed ESF+ assessments
sv.Receipt=Kvittens på ESF+-bedömningar
en.Receipt=Receipt for ESF+ assessments
sv.Enrolment=Anmälan av ESF+-bedömare
en.Enrolment=Enrolment of an ESF+ assessor

[Files]
Source: "{#Folder}\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion
Source: "{#Icons}\esf-desktop-*.ico"; DestDir: "{app}\icons"; Flags: ignoreversion

[Icons]
Name: "{group}\{#Name}"; Filename: "{app}\esf-desktop.exe"; AppUserModelID: "esf-desktop"

[Registry]
Root: HKA; Subkey: "Software\Classes\.esfcall"; ValueType: string; ValueData: "ESFDesktop.call"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\ESFDesktop.call"; ValueType: string; ValueData: "{cm:Call}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\ESFDesktop.call\DefaultIcon"; ValueType: string; ValueData: "{app}\icons\esf-desktop-call.ico"
Root: HKA; Subkey: "Software\Classes\ESFDesktop.call\shell\open\command"; ValueType: string; ValueData: """{app}\esf-desktop.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\.esfbundle"; ValueType: string; ValueData: "ESFDesktop.bundle"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\ESFDesktop.bundle"; ValueType: string; ValueData: "{cm:Bundle}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\ESFDesktop.bundle\DefaultIcon"; ValueType: string; ValueData: "{app}\icons\esf-desktop-bundle.ico"
Root: HKA; Subkey: "Software\Classes\ESFDesktop.bundle\shell\open\command"; ValueType: string; ValueData: """{app}\esf-desktop.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\.esfreceipt"; ValueType: string; ValueData: "ESFDesktop.receipt"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\ESFDesktop.receipt"; ValueType: string; ValueData: "{cm:Receipt}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\ESFDesktop.receipt\DefaultIcon"; ValueType: string; ValueData: "{app}\icons\esf-desktop-receipt.ico"
Root: HKA; Subkey: "Software\Classes\ESFDesktop.receipt\shell\open\command"; ValueType: string; ValueData: """{app}\esf-desktop.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\.esfenrol"; ValueType: string; ValueData: "ESFDesktop.enrolment"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\ESFDesktop.enrolment"; ValueType: string; ValueData: "{cm:Enrolment}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\ESFDesktop.enrolment\DefaultIcon"; ValueType: string; ValueData: "{app}\icons\esf-desktop-enrolment.ico"
Root: HKA; Subkey: "Software\Classes\ESFDesktop.enrolment\shell\open\command"; ValueType: string; ValueData: """{app}\esf-desktop.exe"" ""%1"""
